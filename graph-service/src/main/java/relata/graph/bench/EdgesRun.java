package relata.graph.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import relata.graph.engine.SketchIndex;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Matches;
import relata.graph.vector.ParallelMatching;
import relata.graph.vector.Similarity;

/** All edges of a collection, and the lists that follow from changed documents. */
final class EdgesRun {
  private static final int EDGES_EACH = 12;
  private static final int JUDGED = 60;
  static final int AT_A_TIME = 2_048;

  private final SketchIndex index;
  private final float[][] vectors;
  private final Figures figures;
  private final Random random = new Random(7);
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
    int[] judged = random.ints(JUDGED, 0, vectors.length).toArray();
    double[][] exact = new double[JUDGED][];
    for (int i = 0; i < JUDGED; i++) {
      exact[i] = similarities(judged[i]);
    }
    double threshold = threshold(exact);
    figures.remark("edges from a similarity of %.4f on".formatted(threshold));
    warmUp(threshold);
    Collection<Matches> all = all(threshold);
    figures.add("edges.wrong", wrong(all, judged, exact, threshold), "pairs");
    figures.add("edges.batches.wrong", different(edges(all), edges(batches(threshold))), "pairs");
    new ChangedEdges(index, vectors, data, threshold, matching, figures).measure();
    threads.shutdown();
  }

  private double[] similarities(int of) {
    return Arrays.stream(vectors)
        .parallel()
        .mapToDouble(vector -> Similarity.cosine(vectors[of], vector))
        .toArray();
  }

  /** The similarity that as many pairs reach as there are to be edges. */
  private static double threshold(double[][] exact) {
    double[] all = Arrays.stream(exact).flatMapToDouble(Arrays::stream).sorted().toArray();
    // The vector itself is among them.
    return all[all.length - 1 - (EDGES_EACH + 1) * exact.length];
  }

  private void warmUp(double threshold) {
    for (int i = 0; i < 3; i++) {
      var unused = matches(0, Math.min(AT_A_TIME, vectors.length), threshold);
    }
  }

  private List<Matches> matches(int from, int to, double threshold) {
    List<DocumentVectors> documents =
        List.copyOf(index.vectors(LongStream.range(from, to).boxed().toList()).values());
    return matching.matches(index, documents, threshold, id -> true);
  }

  private Collection<Matches> all(double threshold) {
    long start = System.nanoTime();
    Collection<Matches> found = index.allMatches(threshold, processors);
    figures.add("edges", Figures.seconds(start), "s");
    long pairs = found.stream().mapToLong(Matches::size).sum();
    figures.add("edges.each", pairs / (double) vectors.length, "neighbours");
    return found;
  }

  /** As a commit finds those of some documents, so that each pair is compared twice. */
  private Collection<Matches> batches(double threshold) {
    List<Matches> found = new ArrayList<>();
    long start = System.nanoTime();
    for (int from = 0; from < vectors.length; from += AT_A_TIME) {
      found.addAll(matches(from, Math.min(from + AT_A_TIME, vectors.length), threshold));
    }
    figures.add("edges.batches", Figures.seconds(start), "s");
    return found;
  }

  private record Edge(long documentId, long otherId, double similarity) {}

  private static Set<Edge> edges(Collection<Matches> found) {
    Set<Edge> edges = new HashSet<>();
    for (Matches matches : found) {
      for (int i = 0; i < matches.size(); i++) {
        edges.add(new Edge(matches.documentId(), matches.otherId(i), matches.similarity(i)));
      }
    }
    return edges;
  }

  private static long different(Set<Edge> some, Set<Edge> others) {
    return Stream.of(some, others)
        .flatMap(Set::stream)
        .filter(edge -> !some.contains(edge) || !others.contains(edge))
        .count();
  }

  /** Pairs of the judged documents that differ from the exact comparison. */
  private static long wrong(
      Collection<Matches> found, int[] judged, double[][] exact, double threshold) {
    Map<Long, Matches> byId = new HashMap<>();
    found.forEach(matches -> byId.put(matches.documentId(), matches));
    long wrong = 0;
    for (int i = 0; i < judged.length; i++) {
      Matches matches = byId.getOrDefault((long) judged[i], new Matches(judged[i]));
      // The vector itself is among them.
      long expected =
          Arrays.stream(exact[i]).filter(similarity -> similarity >= threshold).count() - 1;
      wrong += Math.abs(expected - matches.size());
      for (int j = 0; j < matches.size(); j++) {
        wrong += exact[i][(int) matches.otherId(j)] == matches.similarity(j) ? 0 : 1;
      }
    }
    return wrong;
  }
}
