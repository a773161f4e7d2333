package relata.graph.bench;

import java.util.Arrays;
import java.util.Random;
import relata.graph.vector.Similarity;

/** From which similarity on vectors are to be neighbours, so that a graph is about as usual. */
final class EdgeThreshold {
  private static final int EDGES_EACH = 12;
  private static final int SAMPLED = 60;

  private EdgeThreshold() {}

  /**
   * The similarity that as many pairs of some vectors reach as there are to be edges.
   *
   * @param vectors at least fourteen
   */
  static double of(float[][] vectors) {
    double[] similarities =
        new Random(7)
            .ints(SAMPLED, 0, vectors.length)
            .boxed()
            .parallel()
            .flatMap(
                of -> Arrays.stream(vectors).map(other -> Similarity.cosine(vectors[of], other)))
            .mapToDouble(similarity -> similarity)
            .sorted()
            .toArray();
    // The vectors themselves are among them.
    return similarities[similarities.length - 1 - (EDGES_EACH + 1) * SAMPLED];
  }
}
