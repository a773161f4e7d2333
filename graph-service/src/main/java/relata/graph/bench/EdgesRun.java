package relata.graph.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
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
    all(threshold, judged, exact);
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

  private void all(double threshold, int[] judged, double[][] exact) {
    List<Matches> sampled = new ArrayList<>();
    Set<Long> wanted = new HashSet<>();
    Arrays.stream(judged).forEach(id -> wanted.add((long) id));
    long pairs = 0;
    long start = System.nanoTime();
    for (int from = 0; from < vectors.length; from += AT_A_TIME) {
      for (Matches matches : matches(from, Math.min(from + AT_A_TIME, vectors.length), threshold)) {
        pairs += matches.size();
        if (wanted.contains(matches.documentId())) {
          sampled.add(matches);
        }
      }
    }
    figures.add("edges", Figures.seconds(start), "s");
    figures.add("edges.each", pairs / (double) vectors.length, "neighbours");
    figures.add("edges.wrong", wrong(sampled, judged, exact, threshold), "pairs");
  }

  /** Pairs of the judged documents that differ from the exact comparison. */
  private static int wrong(
      List<Matches> sampled, int[] judged, double[][] exact, double threshold) {
    int wrong = 0;
    for (Matches matches : sampled) {
      for (int i = 0; i < judged.length; i++) {
        if (judged[i] == matches.documentId()) {
          long expected =
              Arrays.stream(exact[i]).filter(similarity -> similarity >= threshold).count() - 1;
          wrong += (int) Math.abs(expected - matches.size());
          for (int j = 0; j < matches.size(); j++) {
            wrong += exact[i][(int) matches.otherId(j)] == matches.similarity(j) ? 0 : 1;
          }
          break;
        }
      }
    }
    return wrong;
  }
}
