package relata.graph.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import relata.graph.engine.SketchIndex;
import relata.graph.neighbor.Neighbor;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Matches;
import relata.graph.vector.ParallelMatching;

/** All edges of a collection, and the lists that follow from changed documents. */
final class EdgesRun {
  private static final int WARM_UP = 20;

  /** As many as a commit links by default. */
  static final int AT_A_TIME = 256;

  private final SketchIndex index;
  private final float[][] vectors;
  private final Figures figures;
  private final int processors = Runtime.getRuntime().availableProcessors();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(processors, Thread.ofPlatform().daemon().factory());
  private final ParallelMatching matching = new ParallelMatching(threads, processors);

  EdgesRun(SketchIndex index, float[][] vectors, Figures figures) {
    this.index = index;
    this.vectors = vectors;
    this.figures = figures;
  }

  void measure(SyntheticVectors data) {
    double threshold = EdgeThreshold.of(vectors);
    figures.remark("edges from a similarity of %.4f on".formatted(threshold));
    warmUp(threshold);
    Map<Long, Set<Neighbor>> neighbors = bothSides(all(threshold));
    long entries = neighbors.values().stream().mapToLong(Set::size).sum();
    figures.add("edges.each", entries / (double) vectors.length, "neighbours");
    long[] ids = LongStream.range(0, vectors.length).toArray();
    ExactNeighbors exact = new ExactNeighbors(ids, vectors, threshold);
    figures.add("edges.judged", exact.judged(), "documents");
    long wrong = exact.wrong(vectors.length, id -> neighbors.getOrDefault(id, Set.of()));
    figures.add("edges.wrong", wrong, "entries");
    boolean same = neighbors.equals(bothSides(linked(threshold)));
    figures.add("edges.linked.wrong", same ? 0 : 1, "graphs");
    new ChangedEdges(index, vectors, data, threshold, matching, figures).measure();
    threads.shutdown();
  }

  private void warmUp(double threshold) {
    for (int i = 0; i < WARM_UP; i++) {
      var unused = linked(0, Math.min(AT_A_TIME, vectors.length), threshold);
    }
  }

  private Collection<Matches> all(double threshold) {
    long start = System.nanoTime();
    Collection<Matches> found = index.allMatches(threshold, processors);
    figures.add("edges", Figures.seconds(start), "s");
    return found;
  }

  /** As commits find them that link one document after the other. */
  private List<Matches> linked(double threshold) {
    List<Matches> found = new ArrayList<>();
    long start = System.nanoTime();
    for (int from = 0; from < vectors.length; from += AT_A_TIME) {
      found.addAll(linked(from, Math.min(from + AT_A_TIME, vectors.length), threshold));
    }
    figures.add("edges.linked", Figures.seconds(start), "s");
    return found;
  }

  /** Of some documents with each other, and with those before them. */
  private List<Matches> linked(int from, int to, double threshold) {
    List<DocumentVectors> documents =
        List.copyOf(index.vectors(LongStream.range(from, to).boxed().toList()).values());
    return matching.matches(index, documents, threshold, id -> id < to);
  }

  private static Map<Long, Set<Neighbor>> bothSides(Collection<Matches> found) {
    Map<Long, Set<Neighbor>> neighbors = new HashMap<>();
    for (Matches matches : found) {
      long id = matches.documentId();
      for (int i = 0; i < matches.size(); i++) {
        long other = matches.otherId(i);
        double similarity = matches.similarity(i);
        neighbors
            .computeIfAbsent(id, of -> new HashSet<>())
            .add(new Neighbor(other, similarity, 0, 0));
        neighbors
            .computeIfAbsent(other, of -> new HashSet<>())
            .add(new Neighbor(id, similarity, 0, 0));
      }
    }
    return neighbors;
  }
}
