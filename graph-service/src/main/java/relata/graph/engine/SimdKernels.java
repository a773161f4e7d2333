package relata.graph.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The same with the processor's own width. Small methods, each compiled on its own; a wider species
 * than the processor's would be emulated, at a hundredth of the speed.
 */
final class SimdKernels implements Kernels {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** As many bytes as there are lanes, or the fewest that a vector holds. */
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LANES * Byte.SIZE)));

  /** A vector of bytes becomes one of floats, or on the narrowest processors two. */
  private static final int PARTS = BYTES.length() / LANES;

  /** Whether a tile is four vectors wide, and there are 32 registers for them. */
  private static final boolean IS_WIDE = TILE == 4 * LANES;

  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= length - 4 * LANES; i += 4 * LANES) {
      s0 = at(a, aOffset + i).fma(at(b, bOffset + i), s0);
      s1 = at(a, aOffset + i + LANES).fma(at(b, bOffset + i + LANES), s1);
      s2 = at(a, aOffset + i + 2 * LANES).fma(at(b, bOffset + i + 2 * LANES), s2);
      s3 = at(a, aOffset + i + 3 * LANES).fma(at(b, bOffset + i + 3 * LANES), s3);
    }
    for (; i <= length - LANES; i += LANES) {
      s0 = at(a, aOffset + i).fma(at(b, bOffset + i), s0);
    }
    float sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      sum += a[aOffset + i] * b[bOffset + i];
    }
    return sum;
  }

  @Override
  public float dot(float[] a, MemorySegment memory, long byteOffset) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= a.length - 4 * LANES; i += 4 * LANES) {
      long from = byteOffset + (long) i * Float.BYTES;
      s0 = at(a, i).fma(at(memory, from), s0);
      s1 = at(a, i + LANES).fma(at(memory, from + (long) LANES * Float.BYTES), s1);
      s2 = at(a, i + 2 * LANES).fma(at(memory, from + 2L * LANES * Float.BYTES), s2);
      s3 = at(a, i + 3 * LANES).fma(at(memory, from + 3L * LANES * Float.BYTES), s3);
    }
    for (; i <= a.length - LANES; i += LANES) {
      s0 = at(a, i).fma(at(memory, byteOffset + (long) i * Float.BYTES), s0);
    }
    float sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    for (; i < a.length; i++) {
      sum +=
          a[i] * memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, byteOffset + (long) i * Float.BYTES);
    }
    return sum;
  }

  private static FloatVector at(float[] array, int index) {
    return FloatVector.fromArray(FLOATS, array, index);
  }

  private static FloatVector at(MemorySegment memory, long byteOffset) {
    return FloatVector.fromMemorySegment(FLOATS, memory, byteOffset, ORDER);
  }

  @Override
  public void addScaled(float[] target, float factor, float[] source, int offset, int length) {
    FloatVector factors = FloatVector.broadcast(FLOATS, factor);
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      at(source, offset + i).fma(factors, at(target, i)).intoArray(target, i);
    }
    for (; i < length; i++) {
      target[i] += factor * source[offset + i];
    }
  }

  @Override
  public void fourDots(
      float[] others, int offset, int length, float[] vector, float[] sums, int to) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int second = offset + length;
    int third = second + length;
    int fourth = third + length;
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      FloatVector some = at(vector, i);
      s0 = some.fma(at(others, offset + i), s0);
      s1 = some.fma(at(others, second + i), s1);
      s2 = some.fma(at(others, third + i), s2);
      s3 = some.fma(at(others, fourth + i), s3);
    }
    sums[to] = s0.reduceLanes(VectorOperators.ADD);
    sums[to + 1] = s1.reduceLanes(VectorOperators.ADD);
    sums[to + 2] = s2.reduceLanes(VectorOperators.ADD);
    sums[to + 3] = s3.reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      sums[to] += vector[i] * others[offset + i];
      sums[to + 1] += vector[i] * others[second + i];
      sums[to + 2] += vector[i] * others[third + i];
      sums[to + 3] += vector[i] * others[fourth + i];
    }
  }

  @Override
  public void subtractFour(
      float[] vector, float[] factors, int first, float[] others, int offset, int length) {
    FloatVector f0 = FloatVector.broadcast(FLOATS, -factors[first]);
    FloatVector f1 = FloatVector.broadcast(FLOATS, -factors[first + 1]);
    FloatVector f2 = FloatVector.broadcast(FLOATS, -factors[first + 2]);
    FloatVector f3 = FloatVector.broadcast(FLOATS, -factors[first + 3]);
    int second = offset + length;
    int third = second + length;
    int fourth = third + length;
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      FloatVector some = at(others, offset + i).fma(f0, at(vector, i));
      some = at(others, second + i).fma(f1, some);
      some = at(others, third + i).fma(f2, some);
      at(others, fourth + i).fma(f3, some).intoArray(vector, i);
    }
    for (; i < length; i++) {
      vector[i] -=
          factors[first] * others[offset + i]
              + factors[first + 1] * others[second + i]
              + factors[first + 2] * others[third + i]
              + factors[first + 3] * others[fourth + i];
    }
  }

  @Override
  public void butterflies(float[] vector, int from, int length, int stride) {
    if (stride < LANES) {
      Kernels.super.butterflies(vector, from, length, stride);
      return;
    }
    for (int group = from; group < from + length; group += 2 * stride) {
      for (int i = group; i < group + stride; i += LANES) {
        FloatVector a = at(vector, i);
        FloatVector b = at(vector, i + stride);
        a.add(b).intoArray(vector, i);
        a.sub(b).intoArray(vector, i + stride);
      }
    }
  }

  @Override
  public void widen(byte[] source, int offset, float[] target) {
    for (int i = 0; i < target.length; i += BYTES.length()) {
      for (int part = 0; part < PARTS; part++) {
        wide(source, offset + i, part).intoArray(target, i + part * LANES);
      }
    }
  }

  @Override
  public void products(float[] weights, int queries, int width, float[] tile, float[] sums) {
    int query = 0;
    for (; query + 4 <= queries; query += 4) {
      if (IS_WIDE) {
        fourByFour(weights, query * width, width, tile, sums, query * TILE);
      } else {
        for (int row = 0; row < TILE; row += 2 * LANES) {
          fourByTwo(weights, query * width, width, tile, row, sums, query * TILE + row);
        }
      }
    }
    for (; query < queries; query++) {
      for (int row = 0; row < TILE; row += 4 * LANES) {
        oneByFour(weights, query * width, width, tile, row, sums, query * TILE + row);
      }
    }
  }

  /** Four queries with a whole tile: sixteen sums, of which a wide processor has room for twice. */
  private static void fourByFour(
      float[] weights, int first, int width, float[] tile, float[] sums, int to) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector b3 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector c2 = a0;
    FloatVector c3 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    FloatVector d2 = a0;
    FloatVector d3 = a0;
    for (int j = 0; j < width; j++) {
      FloatVector r0 = at(tile, j * TILE);
      FloatVector r1 = at(tile, j * TILE + LANES);
      FloatVector r2 = at(tile, j * TILE + 2 * LANES);
      FloatVector r3 = at(tile, j * TILE + 3 * LANES);
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
    }
    store(a0, a1, a2, a3, sums, to);
    store(b0, b1, b2, b3, sums, to + TILE);
    store(c0, c1, c2, c3, sums, to + 2 * TILE);
    store(d0, d1, d2, d3, sums, to + 3 * TILE);
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
      float[] weights, int first, int width, float[] tile, int row, float[] sums, int to) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    for (int j = 0; j < width; j++) {
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
      float[] weights, int first, int width, float[] tile, int row, float[] sums, int to) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int j = 0; j < width; j++) {
      FloatVector weight = FloatVector.broadcast(FLOATS, weights[first + j]);
      int from = j * TILE + row;
      s0 = at(tile, from).fma(weight, s0);
      s1 = at(tile, from + LANES).fma(weight, s1);
      s2 = at(tile, from + 2 * LANES).fma(weight, s2);
      s3 = at(tile, from + 3 * LANES).fma(weight, s3);
    }
    store(s0, s1, s2, s3, sums, to);
  }

  @Override
  public void product(
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

  private static FloatVector wide(byte[] source, int offset, int part) {
    return (FloatVector)
        ByteVector.fromArray(BYTES, source, offset).convertShape(VectorOperators.B2F, FLOATS, part);
  }

  @Override
  public long reaching(
      float[] sums,
      int offset,
      float[] tails,
      float[] spreads,
      int first,
      float tail,
      float floor) {
    FloatVector factor = FloatVector.broadcast(FLOATS, tail);
    long rows = 0;
    for (int row = 0; row < TILE; row += LANES) {
      FloatVector ceilings =
          at(tails, first + row).fma(factor, at(sums, offset + row).add(at(spreads, first + row)));
      rows |= ceilings.compare(VectorOperators.GE, floor).toLong() << row;
    }
    return rows;
  }
}
