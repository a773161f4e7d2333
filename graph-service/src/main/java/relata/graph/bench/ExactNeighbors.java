package relata.graph.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import relata.graph.neighbor.Neighbor;
import relata.graph.vector.Similarity;

/**
 * Who is similar to whom, by comparing everything with everything: nothing of the engine is used,
 * and nothing is excluded by a bound.
 */
final class ExactNeighbors {
  private static final int BLOCK = 1_024;

  /** Pairs, of any number of documents, that a fast multiplication has done in some minutes. */
  private static final long COMPARED = 10_000_000_000L;

  private static final int WITHOUT_PEER = 1_000;

  /** Far more than a float sum of unit vectors can be off. */
  private static final float MARGIN = 1e-3f;

  private final long[] ids;
  private final float[][] vectors;
  private final int dimension;
  private final double threshold;
  private final Optional<ProductPeer> products = ServiceLoader.load(ProductPeer.class).findFirst();

  /**
   * @param vectors of length 1, in the order of the ids
   * @param threshold the least similarity of neighbours
   */
  ExactNeighbors(long[] ids, float[][] vectors, double threshold) {
    this.ids = ids;
    this.vectors = vectors;
    this.threshold = threshold;
    dimension = vectors[0].length;
  }

  /**
   * How many documents are worth comparing with all others: all of 100,000 where there is somebody
   * who multiplies fast, else some that are spread over them.
   */
  int judged() {
    long worth = products.isPresent() ? COMPARED / ids.length : WITHOUT_PEER;
    return (int) Math.min(worth, ids.length);
  }

  /**
   * Entries of lists that are missing, or should not be there.
   *
   * @param maxNeighbors most entries of a list, the closest
   * @param kept a document's list
   */
  long wrong(int maxNeighbors, LongFunction<Collection<Neighbor>> kept) {
    int count = judged();
    long wrong = 0;
    for (int from = 0; from < count; from += BLOCK) {
      int[] some =
          IntStream.range(from, Math.min(from + BLOCK, count))
              .map(i -> (int) ((long) i * ids.length / count))
              .toArray();
      List<List<Neighbor>> all = neighbors(some);
      for (int i = 0; i < some.length; i++) {
        List<Neighbor> exact = all.get(i);
        exact.sort(Neighbor.CLOSEST_FIRST);
        Set<Neighbor> expected =
            new HashSet<>(exact.subList(0, Math.min(maxNeighbors, exact.size())));
        Set<Neighbor> found = new HashSet<>(kept.apply(ids[some[i]]));
        Set<Neighbor> both = new HashSet<>(expected);
        both.retainAll(found);
        wrong += expected.size() + found.size() - 2L * both.size();
      }
    }
    return wrong;
  }

  private List<List<Neighbor>> neighbors(int[] some) {
    List<List<Neighbor>> neighbors = new ArrayList<>();
    for (int ignored : some) {
      neighbors.add(new ArrayList<>());
    }
    ProductPeer multiplying = products.orElse(ExactNeighbors::multiply);
    float[] rows = side(some);
    float[] sums = new float[some.length * BLOCK];
    for (int first = 0; first < ids.length; first += BLOCK) {
      int[] others = IntStream.range(first, Math.min(first + BLOCK, ids.length)).toArray();
      multiplying.multiply(rows, some.length, side(others), others.length, dimension, sums);
      IntStream.range(0, some.length)
          .parallel()
          .forEach(i -> collect(some[i], others, sums, i * others.length, neighbors.get(i)));
    }
    return neighbors;
  }

  private void collect(int of, int[] others, float[] sums, int at, List<Neighbor> neighbors) {
    for (int j = 0; j < others.length; j++) {
      int other = others[j];
      if (sums[at + j] >= threshold - MARGIN && other != of) {
        double similarity = Similarity.cosine(vectors[of], vectors[other]);
        if (similarity >= threshold) {
          neighbors.add(new Neighbor(ids[other], similarity, 0, 0));
        }
      }
    }
  }

  /** The vectors side by side. */
  private float[] side(int[] some) {
    float[] together = new float[some.length * dimension];
    for (int i = 0; i < some.length; i++) {
      System.arraycopy(vectors[some[i]], 0, together, i * dimension, dimension);
    }
    return together;
  }

  /** Where there is nobody who can do it faster. */
  private static void multiply(
      float[] vectors, int count, float[] others, int otherCount, int dimension, float[] products) {
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              for (int j = 0; j < otherCount; j++) {
                products[i * otherCount + j] =
                    dot(vectors, i * dimension, others, j * dimension, dimension);
              }
            });
  }

  private static float dot(float[] a, int atA, float[] b, int atB, int dimension) {
    float even = 0;
    float odd = 0;
    int i = 0;
    for (; i + 1 < dimension; i += 2) {
      even += a[atA + i] * b[atB + i];
      odd += a[atA + i + 1] * b[atB + i + 1];
    }
    return i == dimension ? even + odd : even + odd + a[atA + i] * b[atB + i];
  }
}
