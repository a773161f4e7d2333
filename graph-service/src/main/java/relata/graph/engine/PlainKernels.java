package relata.graph.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Loops without the vector module; the compiler makes vector instructions of the simpler ones. */
final class PlainKernels implements Kernels {
  private static final int GROUP = 4;

  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + GROUP <= length; i += GROUP) {
      s0 += a[aOffset + i] * b[bOffset + i];
      s1 += a[aOffset + i + 1] * b[bOffset + i + 1];
      s2 += a[aOffset + i + 2] * b[bOffset + i + 2];
      s3 += a[aOffset + i + 3] * b[bOffset + i + 3];
    }
    for (; i < length; i++) {
      s0 += a[aOffset + i] * b[bOffset + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public float dot(float[] a, MemorySegment memory, long byteOffset) {
    float s0 = 0;
    float s1 = 0;
    int i = 0;
    for (; i + 2 <= a.length; i += 2) {
      long at = byteOffset + (long) i * Float.BYTES;
      s0 += a[i] * memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
      s1 += a[i + 1] * memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at + Float.BYTES);
    }
    if (i < a.length) {
      s0 +=
          a[i] * memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, byteOffset + (long) i * Float.BYTES);
    }
    return s0 + s1;
  }

  @Override
  public void addScaled(float[] target, float factor, float[] source, int offset, int length) {
    for (int i = 0; i < length; i++) {
      target[i] += factor * source[offset + i];
    }
  }

  @Override
  public void widen(byte[] source, int offset, float[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = source[offset + i];
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
    for (int query = 0; query < queries; query++) {
      for (int j = from; j < end; j++) {
        add(weights[first + query * width + j], tile, j * TILE, sums, to + query * TILE);
      }
    }
  }

  private static void add(float weight, float[] tile, int from, float[] sums, int to) {
    for (int row = 0; row < TILE; row++) {
      sums[to + row] += weight * tile[from + row];
    }
  }

  @Override
  public void product(
      float[] weights, int first, int width, byte[] heads, int offset, float[] sums, int to) {
    Arrays.fill(sums, to, to + TILE, 0);
    for (int j = 0; j < width; j++) {
      add(weights[first + j], heads, offset + j * TILE, sums, to);
    }
  }

  private static void add(float weight, byte[] heads, int from, float[] sums, int to) {
    for (int row = 0; row < TILE; row++) {
      sums[to + row] += weight * heads[from + row];
    }
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
    long rows = 0;
    for (int row = 0; row < TILE; row++) {
      if (sums[offset + row] + tail * tails[first + row] + spreads[first + row] >= floor) {
        rows |= 1L << row;
      }
    }
    return rows;
  }
}
