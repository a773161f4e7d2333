package relata.graph.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The same with the processor's own width. Small methods, each compiled on its own; a wider species
 * than the processor's would be emulated, at a hundredth of the speed.
 */
final class SimdKernels implements Kernels {
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final int LANES = FLOATS.length();
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

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

  @Override
  public void fourDots(float[] a, MemorySegment[] memories, long[] byteOffsets, float[] sums) {
    MemorySegment m0 = memories[0];
    MemorySegment m1 = memories[1];
    MemorySegment m2 = memories[2];
    MemorySegment m3 = memories[3];
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= a.length - LANES; i += LANES) {
      long from = (long) i * Float.BYTES;
      FloatVector some = at(a, i);
      s0 = some.fma(at(m0, byteOffsets[0] + from), s0);
      s1 = some.fma(at(m1, byteOffsets[1] + from), s1);
      s2 = some.fma(at(m2, byteOffsets[2] + from), s2);
      s3 = some.fma(at(m3, byteOffsets[3] + from), s3);
    }
    sums[0] = s0.reduceLanes(VectorOperators.ADD);
    sums[1] = s1.reduceLanes(VectorOperators.ADD);
    sums[2] = s2.reduceLanes(VectorOperators.ADD);
    sums[3] = s3.reduceLanes(VectorOperators.ADD);
    for (; i < a.length; i++) {
      for (int other = 0; other < 4; other++) {
        long from = byteOffsets[other] + (long) i * Float.BYTES;
        sums[other] += a[i] * memories[other].get(ValueLayout.JAVA_FLOAT_UNALIGNED, from);
      }
    }
  }

  static FloatVector at(float[] array, int index) {
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
    for (int i = 0; i < target.length; i += SimdTiles.BYTES.length()) {
      for (int part = 0; part < SimdTiles.PARTS; part++) {
        SimdTiles.wide(source, offset + i, part).intoArray(target, i + part * LANES);
      }
    }
  }

  @Override
  public void addProducts(
      float[] weights,
      int first,
      int queries,
      int width,
      int from,
      int end,
      float[] tile,
      float[] sums,
      int to) {
    SimdTiles.addProducts(weights, first, queries, width, from, end, tile, sums, to);
  }

  @Override
  public void product(
      float[] weights, int first, int width, byte[] heads, int offset, float[] sums, int to) {
    SimdTiles.product(weights, first, width, heads, offset, sums, to);
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

  @Override
  public long common(long[] bits, int first, int words, long[] planes) {
    return LONGS.length() < WORDS
        ? Kernels.super.common(bits, first, words, planes)
        : eightByEight(bits, first, Kernels.padded(words), words, planes);
  }

  private static long eightByEight(long[] bits, int first, int stride, int words, long[] planes) {
    LongVector sums = LongVector.zero(LONGS);
    for (int word = 0; word < words; word += WORDS) {
      LongVector some =
          LongVector.fromArray(LONGS, bits, first + word)
              .and(LongVector.fromArray(LONGS, planes, word));
      LongVector of = LongVector.zero(LONGS);
      for (int from = planes.length - stride + word; from >= stride; from -= stride) {
        LongVector plane = LongVector.fromArray(LONGS, planes, from);
        of = of.add(of).add(some.and(plane).lanewise(VectorOperators.BIT_COUNT));
      }
      sums =
          sums.add(of)
              .add(
                  some.lanewise(VectorOperators.BIT_COUNT)
                      .lanewise(VectorOperators.LSHL, Integer.SIZE));
    }
    return sums.reduceLanes(VectorOperators.ADD);
  }

  @Override
  public boolean anyReaches(
      float[] sums,
      int offset,
      float[] lengths,
      float[] spreads,
      int first,
      float[] tails,
      int query,
      float floor) {
    FloatVector t0 = FloatVector.broadcast(FLOATS, tails[query]);
    FloatVector t1 = FloatVector.broadcast(FLOATS, tails[query + 1]);
    FloatVector t2 = FloatVector.broadcast(FLOATS, tails[query + 2]);
    FloatVector t3 = FloatVector.broadcast(FLOATS, tails[query + 3]);
    FloatVector most = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int row = 0; row < TILE; row += LANES) {
      FloatVector length = at(lengths, first + row);
      FloatVector a = length.fma(t0, at(sums, offset + row));
      FloatVector b = length.fma(t1, at(sums, offset + TILE + row));
      FloatVector c = length.fma(t2, at(sums, offset + 2 * TILE + row));
      FloatVector d = length.fma(t3, at(sums, offset + 3 * TILE + row));
      most = most.max(a.max(b).max(c.max(d)).add(at(spreads, first + row)));
    }
    return most.compare(VectorOperators.GE, floor).anyTrue();
  }
}
