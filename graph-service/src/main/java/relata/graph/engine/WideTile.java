package relata.graph.engine;

import static relata.graph.engine.Kernels.TILE;
import static relata.graph.engine.SimdKernels.FLOATS;
import static relata.graph.engine.SimdKernels.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * Six queries with a whole tile on a processor with 32 wide registers: 24 of them hold sums, so
 * that a number that is loaded is multiplied often enough for the multiplications to be what takes
 * time. Nothing here is put into a method of its own: at this size the compiler no longer inlines
 * ours, only those of the vectors, and each vector would become an object.
 */
final class WideTile {
  static final int QUERIES = 6;

  /** Whether a tile is four vectors wide, which needs the registers. */
  static final boolean IS_SUITED = TILE == 4 * LANES;

  private WideTile() {}

  /** As {@link Kernels#addProducts} for {@value #QUERIES} queries. */
  static void addProducts(
      float[] weights,
      int first,
      int width,
      int from,
      int end,
      float[] tile,
      float[] sums,
      int to) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, sums, to);
    FloatVector a1 = FloatVector.fromArray(FLOATS, sums, to + LANES);
    FloatVector a2 = FloatVector.fromArray(FLOATS, sums, to + 2 * LANES);
    FloatVector a3 = FloatVector.fromArray(FLOATS, sums, to + 3 * LANES);
    FloatVector b0 = FloatVector.fromArray(FLOATS, sums, to + TILE);
    FloatVector b1 = FloatVector.fromArray(FLOATS, sums, to + TILE + LANES);
    FloatVector b2 = FloatVector.fromArray(FLOATS, sums, to + TILE + 2 * LANES);
    FloatVector b3 = FloatVector.fromArray(FLOATS, sums, to + TILE + 3 * LANES);
    FloatVector c0 = FloatVector.fromArray(FLOATS, sums, to + 2 * TILE);
    FloatVector c1 = FloatVector.fromArray(FLOATS, sums, to + 2 * TILE + LANES);
    FloatVector c2 = FloatVector.fromArray(FLOATS, sums, to + 2 * TILE + 2 * LANES);
    FloatVector c3 = FloatVector.fromArray(FLOATS, sums, to + 2 * TILE + 3 * LANES);
    FloatVector d0 = FloatVector.fromArray(FLOATS, sums, to + 3 * TILE);
    FloatVector d1 = FloatVector.fromArray(FLOATS, sums, to + 3 * TILE + LANES);
    FloatVector d2 = FloatVector.fromArray(FLOATS, sums, to + 3 * TILE + 2 * LANES);
    FloatVector d3 = FloatVector.fromArray(FLOATS, sums, to + 3 * TILE + 3 * LANES);
    FloatVector e0 = FloatVector.fromArray(FLOATS, sums, to + 4 * TILE);
    FloatVector e1 = FloatVector.fromArray(FLOATS, sums, to + 4 * TILE + LANES);
    FloatVector e2 = FloatVector.fromArray(FLOATS, sums, to + 4 * TILE + 2 * LANES);
    FloatVector e3 = FloatVector.fromArray(FLOATS, sums, to + 4 * TILE + 3 * LANES);
    FloatVector f0 = FloatVector.fromArray(FLOATS, sums, to + 5 * TILE);
    FloatVector f1 = FloatVector.fromArray(FLOATS, sums, to + 5 * TILE + LANES);
    FloatVector f2 = FloatVector.fromArray(FLOATS, sums, to + 5 * TILE + 2 * LANES);
    FloatVector f3 = FloatVector.fromArray(FLOATS, sums, to + 5 * TILE + 3 * LANES);
    for (int j = from; j < end; j++) {
      FloatVector r0 = FloatVector.fromArray(FLOATS, tile, j * TILE);
      FloatVector r1 = FloatVector.fromArray(FLOATS, tile, j * TILE + LANES);
      FloatVector r2 = FloatVector.fromArray(FLOATS, tile, j * TILE + 2 * LANES);
      FloatVector r3 = FloatVector.fromArray(FLOATS, tile, j * TILE + 3 * LANES);
      FloatVector a = FloatVector.broadcast(FLOATS, weights[first + j]);
      a0 = r0.fma(a, a0);
      a1 = r1.fma(a, a1);
      a2 = r2.fma(a, a2);
      a3 = r3.fma(a, a3);
      FloatVector b = FloatVector.broadcast(FLOATS, weights[first + width + j]);
      b0 = r0.fma(b, b0);
      b1 = r1.fma(b, b1);
      b2 = r2.fma(b, b2);
      b3 = r3.fma(b, b3);
      FloatVector c = FloatVector.broadcast(FLOATS, weights[first + 2 * width + j]);
      c0 = r0.fma(c, c0);
      c1 = r1.fma(c, c1);
      c2 = r2.fma(c, c2);
      c3 = r3.fma(c, c3);
      FloatVector d = FloatVector.broadcast(FLOATS, weights[first + 3 * width + j]);
      d0 = r0.fma(d, d0);
      d1 = r1.fma(d, d1);
      d2 = r2.fma(d, d2);
      d3 = r3.fma(d, d3);
      FloatVector e = FloatVector.broadcast(FLOATS, weights[first + 4 * width + j]);
      e0 = r0.fma(e, e0);
      e1 = r1.fma(e, e1);
      e2 = r2.fma(e, e2);
      e3 = r3.fma(e, e3);
      FloatVector f = FloatVector.broadcast(FLOATS, weights[first + 5 * width + j]);
      f0 = r0.fma(f, f0);
      f1 = r1.fma(f, f1);
      f2 = r2.fma(f, f2);
      f3 = r3.fma(f, f3);
    }
    a0.intoArray(sums, to);
    a1.intoArray(sums, to + LANES);
    a2.intoArray(sums, to + 2 * LANES);
    a3.intoArray(sums, to + 3 * LANES);
    b0.intoArray(sums, to + TILE);
    b1.intoArray(sums, to + TILE + LANES);
    b2.intoArray(sums, to + TILE + 2 * LANES);
    b3.intoArray(sums, to + TILE + 3 * LANES);
    c0.intoArray(sums, to + 2 * TILE);
    c1.intoArray(sums, to + 2 * TILE + LANES);
    c2.intoArray(sums, to + 2 * TILE + 2 * LANES);
    c3.intoArray(sums, to + 2 * TILE + 3 * LANES);
    d0.intoArray(sums, to + 3 * TILE);
    d1.intoArray(sums, to + 3 * TILE + LANES);
    d2.intoArray(sums, to + 3 * TILE + 2 * LANES);
    d3.intoArray(sums, to + 3 * TILE + 3 * LANES);
    e0.intoArray(sums, to + 4 * TILE);
    e1.intoArray(sums, to + 4 * TILE + LANES);
    e2.intoArray(sums, to + 4 * TILE + 2 * LANES);
    e3.intoArray(sums, to + 4 * TILE + 3 * LANES);
    f0.intoArray(sums, to + 5 * TILE);
    f1.intoArray(sums, to + 5 * TILE + LANES);
    f2.intoArray(sums, to + 5 * TILE + 2 * LANES);
    f3.intoArray(sums, to + 5 * TILE + 3 * LANES);
  }
}
