package relata.graph.vector;

/**
 * The similarity that decides which edges there are: cosine = dot(a, b) / (|a| |b|), in double.
 *
 * <p>All sums run in one fixed order: products of eight neighbouring numbers are added as a
 * balanced tree, and the eights from left to right. So the result is the same on every machine and
 * for both orders of a pair, while the processor still finds eight independent products at a time.
 * A product of two floats is exact in double, and Java contracts nothing into a fused multiply-add
 * by itself.
 *
 * <p>The result is rounded to nine decimals, far above the error of such a sum and far below what a
 * model means: texts that are equal have similarity 1 exactly, and ties are decided by id instead
 * of by the last bits of two roundings, also for somebody who sums in another order.
 *
 * <p>A zero vector has no direction: its similarity with anything is NaN, which reaches no
 * threshold.
 */
public final class Similarity {
  /** How many products are added as one tree. */
  static final int GROUP = 8;

  private static final double GRID = 1e9;

  private Similarity() {}

  /** Cosine of two vectors, NaN if one of them is zero; equal for (a, b) and (b, a). */
  public static double cosine(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException("dimensions %d and %d".formatted(a.length, b.length));
    }
    double[] left = widen(a, 0, a.length);
    return cosine(dot(left, b, 0), norm(a, 0, a.length), norm(b, 0, b.length));
  }

  /** Of vectors with these lengths and this sum of products. */
  public static double cosine(double dot, double norm, double otherNorm) {
    return Math.rint(dot / (norm * otherNorm) * GRID) / GRID;
  }

  /** Length of a vector. */
  public static double norm(float[] values, int offset, int dimension) {
    return Math.sqrt(dot(widen(values, offset, dimension), values, offset));
  }

  /** The numbers of a vector as {@link #dot} takes them. */
  public static double[] widen(float[] values, int offset, int dimension) {
    double[] wide = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      wide[i] = values[offset + i];
    }
    return wide;
  }

  /** The sum over a.length products. A method of its own, so that it is compiled on its own. */
  public static double dot(double[] a, float[] b, int offset) {
    int whole = a.length - a.length % GROUP;
    double sum = 0;
    for (int i = 0, j = offset; i < whole; i += GROUP, j += GROUP) {
      sum +=
          ((a[i] * b[j] + a[i + 1] * b[j + 1]) + (a[i + 2] * b[j + 2] + a[i + 3] * b[j + 3]))
              + ((a[i + 4] * b[j + 4] + a[i + 5] * b[j + 5])
                  + (a[i + 6] * b[j + 6] + a[i + 7] * b[j + 7]));
    }
    for (int i = whole; i < a.length; i++) {
      sum += a[i] * b[offset + i];
    }
    return sum;
  }
}
