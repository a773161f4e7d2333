package relata.graph.engine;

import java.lang.foreign.MemorySegment;

/**
 * The loops that nearly all time is spent in. They sum in whatever order is fast, so their results
 * differ in the last bits between processors and even between runs: they find candidates, with a
 * margin for any order of the sum, and never decide.
 */
interface Kernels {
  /** Rows of a tile, so that a set of its rows fits into a {@code long}. */
  int TILE = 64;

  /** The kernels that suit this machine best. */
  static Kernels best() {
    // Only named once the module is known to be there: the class cannot be loaded without it.
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
        ? new SimdKernels()
        : new PlainKernels();
  }

  /** Sum of {@code length} products. */
  float dot(float[] a, int aOffset, float[] b, int bOffset, int length);

  /** Sum of {@code a.length} products with the floats that begin at a byte of the memory. */
  float dot(float[] a, MemorySegment memory, long byteOffset);

  /** Adds {@code factor} times {@code length} numbers of the source to those of the target. */
  void addScaled(float[] target, float factor, float[] source, int offset, int length);

  /**
   * Products of a vector with four others of the same length that follow each other from an offset
   * on.
   *
   * @param to where the four sums go
   */
  default void fourDots(
      float[] others, int offset, int length, float[] vector, float[] sums, int to) {
    for (int i = 0; i < 4; i++) {
      sums[to + i] = dot(others, offset + i * length, vector, 0, length);
    }
  }

  /** Takes four others that follow each other, each by its factor, from a vector. */
  default void subtractFour(
      float[] vector, float[] factors, int first, float[] others, int offset, int length) {
    for (int i = 0; i < 4; i++) {
      addScaled(vector, -factors[first + i], others, offset + i * length, length);
    }
  }

  /**
   * Makes sums and differences of the numbers that are a stride apart, in groups of two strides.
   *
   * @param length a multiple of two strides
   */
  default void butterflies(float[] vector, int from, int length, int stride) {
    for (int group = from; group < from + length; group += 2 * stride) {
      for (int i = group; i < group + stride; i++) {
        float a = vector[i];
        float b = vector[i + stride];
        vector[i] = a + b;
        vector[i + stride] = a - b;
      }
    }
  }

  /** Fills {@code target} with the numbers of the source from an offset on. */
  void widen(byte[] source, int offset, float[] target);

  /**
   * Products of queries with the rows of a tile.
   *
   * @param weights the queries one after the other, {@code width} numbers each
   * @param tile number {@code j} of row {@code r} is at {@code j * TILE + r}
   * @param sums for each query {@link #TILE} sums
   */
  void products(float[] weights, int queries, int width, float[] tile, float[] sums);

  /**
   * Products of one query with the rows of a tile: not worth widening it for.
   *
   * @param first where the query's {@code width} weights begin
   * @param heads number {@code j} of row {@code r} is at {@code offset + j * TILE + r}
   * @param to where the {@link #TILE} sums go
   */
  void product(
      float[] weights, int first, int width, byte[] heads, int offset, float[] sums, int to);

  /**
   * The rows of a tile whose ceiling {@code sums[r] + tail * tails[r] + spreads[r]} is at least the
   * floor.
   *
   * @param offset where the sums begin
   * @param first where the row factors begin
   */
  long reaching(
      float[] sums, int offset, float[] tails, float[] spreads, int first, float tail, float floor);
}
