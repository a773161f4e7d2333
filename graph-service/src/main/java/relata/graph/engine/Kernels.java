package relata.graph.engine;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The loops that nearly all time is spent in. They sum in whatever order is fast, so their results
 * differ in the last bits between processors and even between runs: they find candidates, with a
 * margin for any order of the sum, and never decide.
 */
interface Kernels {
  /** Rows of a tile, so that a set of its rows fits into a {@code long}. */
  int TILE = 64;

  /** Words of bits that are looked at together. */
  int WORDS = 8;

  /**
   * Coordinates that are multiplied one after the other, so that a tile stays in the next cache.
   */
  int NEAR = 128;

  /** Queries that are multiplied together. */
  int QUERIES = 4;

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

  /**
   * Such products with four others, for which the processor waits at the same time.
   *
   * @param memories where each of the four is
   * @param byteOffsets where it begins there
   * @param sums where the four sums go
   */
  default void fourDots(float[] a, MemorySegment[] memories, long[] byteOffsets, float[] sums) {
    for (int i = 0; i < 4; i++) {
      sums[i] = dot(a, memories[i], byteOffsets[i]);
    }
  }

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
   * @param count how many coordinates are multiplied, from the first on
   * @param sums for each query {@link #TILE} sums
   */
  default void products(
      float[] weights, int first, int queries, int width, int count, float[] tile, float[] sums) {
    Arrays.fill(sums, 0, queries * TILE, 0);
    for (int from = 0; from < count; from += NEAR) {
      addProducts(
          weights, first, queries, width, from, Math.min(from + NEAR, count), tile, sums, 0);
    }
  }

  /**
   * Adds products of queries with the rows of a tile to their sums.
   *
   * @param weights the queries one after the other, {@code width} numbers each
   * @param first where those of the first query begin
   * @param from the first coordinate that is multiplied
   * @param end after the last
   * @param tile number {@code j} of row {@code r} is at {@code j * TILE + r}
   * @param sums for each query {@link #TILE} sums
   * @param to where those of the first query are
   */
  void addProducts(
      float[] weights,
      int first,
      int queries,
      int width,
      int from,
      int end,
      float[] tile,
      float[] sums,
      int to);

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

  /**
   * Counts the bits that words have in common with planes, those of plane {@code p} times {@code
   * 2^p}, in the lower half of the result, and those of the words in the upper.
   *
   * @param first where the words begin
   * @param words how many there are
   * @param planes one after the other, each filled up with zeros to a whole {@link #WORDS}, as far
   *     as the words may be followed by any; before the first one of ones
   */
  default long common(long[] bits, int first, int words, long[] planes) {
    int stride = padded(words);
    long sum = 0;
    for (int word = 0; word < words; word++) {
      long some = bits[first + word];
      sum += (long) Long.bitCount(some) << Integer.SIZE;
      for (int from = stride + word, plane = 0; from < planes.length; from += stride, plane++) {
        sum += (long) Long.bitCount(some & planes[from]) << plane;
      }
    }
    return sum;
  }

  /** So many words filled up to a whole {@link #WORDS}. */
  static int padded(int words) {
    return (words + WORDS - 1) / WORDS * WORDS;
  }

  /**
   * The same of a block of queries: whether there is such a row for any of them.
   *
   * @param tails of the queries
   * @param query the first
   */
  default boolean anyReaches(
      float[] sums,
      int offset,
      float[] lengths,
      float[] spreads,
      int first,
      float[] tails,
      int query,
      float floor) {
    return true;
  }
}
