package relata.graph.engine;

import static relata.graph.engine.Kernels.TILE;
import static relata.graph.engine.SimdKernels.FLOATS;
import static relata.graph.engine.SimdKernels.LANES;
import static relata.graph.engine.SimdKernels.at;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Products of queries with the rows of a tile, as {@link SimdKernels} has them. */
final class SimdTiles {
  /** As many bytes as there are lanes, or the fewest that a vector holds. */
  static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LANES * Byte.SIZE)));

  /** A vector of bytes becomes one of floats, or on the narrowest processors two. */
  static final int PARTS = BYTES.length() / LANES;

  private SimdTiles() {}

  static void addProducts(
      float[] weights,
      int first,
      int queries,
      int width,
      int from,
      int end,
      float[] tile,
      float[] sums,
      int to) {
    int query = 0;
    if (WideTile.IS_SUITED) {
      for (; query + WideTile.QUERIES <= queries; query += WideTile.QUERIES) {
        int of = first + query * width;
        WideTile.addProducts(weights, of, width, from, end, tile, sums, to + query * TILE);
      }
    }
    for (; query + 4 <= queries; query += 4) {
      int of = first + query * width;
      for (int row = 0; row < TILE; row += 2 * LANES) {
        fourByTwo(weights, of, width, from, end, tile, row, sums, to + query * TILE + row);
      }
    }
    for (; query < queries; query++) {
      for (int row = 0; row < TILE; row += 4 * LANES) {
        oneByFour(
            weights, first + query * width, from, end, tile, row, sums, to + query * TILE + row);
      }
    }
  }

  private static void store(
      FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3, float[] sums, int to) {
    s0.intoArray(sums, to);
    s1.intoArray(sums, to + LANES);
    s2.intoArray(sums, to + 2 * LANES);
    s3.intoArray(sums, to + 3 * LANES);
  }

  /** Four queries with two vectors of rows: eight sums, which hide the time that each takes. */
  private static void fourByTwo(
      float[] weights,
      int first,
      int width,
      int from,
      int end,
      float[] tile,
      int row,
      float[] sums,
      int to) {
    FloatVector a0 = at(sums, to);
    FloatVector a1 = at(sums, to + LANES);
    FloatVector b0 = at(sums, to + TILE);
    FloatVector b1 = at(sums, to + TILE + LANES);
    FloatVector c0 = at(sums, to + 2 * TILE);
    FloatVector c1 = at(sums, to + 2 * TILE + LANES);
    FloatVector d0 = at(sums, to + 3 * TILE);
    FloatVector d1 = at(sums, to + 3 * TILE + LANES);
    for (int j = from; j < end; j++) {
      FloatVector r0 = at(tile, j * TILE + row);
      FloatVector r1 = at(tile, j * TILE + row + LANES);
      FloatVector a = FloatVector.broadcast(FLOATS, weights[first + j]);
      FloatVector b = FloatVector.broadcast(FLOATS, weights[first + width + j]);
      FloatVector c = FloatVector.broadcast(FLOATS, weights[first + 2 * width + j]);
      FloatVector d = FloatVector.broadcast(FLOATS, weights[first + 3 * width + j]);
      a0 = r0.fma(a, a0);
      a1 = r1.fma(a, a1);
      b0 = r0.fma(b, b0);
      b1 = r1.fma(b, b1);
      c0 = r0.fma(c, c0);
      c1 = r1.fma(c, c1);
      d0 = r0.fma(d, d0);
      d1 = r1.fma(d, d1);
    }
    a0.intoArray(sums, to);
    a1.intoArray(sums, to + LANES);
    b0.intoArray(sums, to + TILE);
    b1.intoArray(sums, to + TILE + LANES);
    c0.intoArray(sums, to + 2 * TILE);
    c1.intoArray(sums, to + 2 * TILE + LANES);
    d0.intoArray(sums, to + 3 * TILE);
    d1.intoArray(sums, to + 3 * TILE + LANES);
  }

  private static void oneByFour(
      float[] weights, int first, int from, int end, float[] tile, int row, float[] sums, int to) {
    FloatVector s0 = at(sums, to);
    FloatVector s1 = at(sums, to + LANES);
    FloatVector s2 = at(sums, to + 2 * LANES);
    FloatVector s3 = at(sums, to + 3 * LANES);
    for (int j = from; j < end; j++) {
      FloatVector weight = FloatVector.broadcast(FLOATS, weights[first + j]);
      int at = j * TILE + row;
      s0 = at(tile, at).fma(weight, s0);
      s1 = at(tile, at + LANES).fma(weight, s1);
      s2 = at(tile, at + 2 * LANES).fma(weight, s2);
      s3 = at(tile, at + 3 * LANES).fma(weight, s3);
    }
    store(s0, s1, s2, s3, sums, to);
  }

  static void product(
      float[] weights, int first, int width, byte[] heads, int offset, float[] sums, int to) {
    if (PARTS > 1) {
      for (int row = 0; row < TILE; row += BYTES.length()) {
        oneByParts(weights, first, width, heads, offset + row, sums, to + row);
      }
    } else {
      for (int row = 0; row < TILE; row += 4 * LANES) {
        oneByFourOfBytes(weights, first, width, heads, offset + row, sums, to + row);
      }
    }
  }

  private static void oneByFourOfBytes(
      float[] weights, int first, int width, byte[] heads, int offset, float[] sums, int to) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int j = 0; j < width; j++) {
      FloatVector weight = FloatVector.broadcast(FLOATS, weights[first + j]);
      int from = offset + j * TILE;
      s0 = wide(heads, from, 0).fma(weight, s0);
      s1 = wide(heads, from + LANES, 0).fma(weight, s1);
      s2 = wide(heads, from + 2 * LANES, 0).fma(weight, s2);
      s3 = wide(heads, from + 3 * LANES, 0).fma(weight, s3);
    }
    store(s0, s1, s2, s3, sums, to);
  }

  /** On the narrowest processors, where a vector of bytes becomes two of floats. */
  private static void oneByParts(
      float[] weights, int first, int width, byte[] heads, int offset, float[] sums, int to) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    for (int j = 0; j < width; j++) {
      FloatVector weight = FloatVector.broadcast(FLOATS, weights[first + j]);
      s0 = wide(heads, offset + j * TILE, 0).fma(weight, s0);
      s1 = wide(heads, offset + j * TILE, 1).fma(weight, s1);
    }
    s0.intoArray(sums, to);
    s1.intoArray(sums, to + LANES);
  }

  static FloatVector wide(byte[] source, int offset, int part) {
    return (FloatVector)
        ByteVector.fromArray(BYTES, source, offset).convertShape(VectorOperators.B2F, FLOATS, part);
  }
}
