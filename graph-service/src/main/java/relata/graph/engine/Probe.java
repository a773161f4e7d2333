package relata.graph.engine;

import java.util.Arrays;

/**
 * A vector that is looked for, as a frame sees it. Its rest is rounded to {@link #PLANES} bits a
 * coordinate, and held bit by bit, so that its product with a row's signs is counted.
 */
final class Probe {
  /** More make the bound of the rest tighter by little, and each costs a count a word. */
  private static final int PLANES = 6;

  private static final int STEPS = (1 << PLANES) - 1;

  private final Frame frame;

  /** Factors of a row's bytes. */
  final float[] weights;

  /** At least the length of the rest. */
  final float tail;

  /** At least the length of the principal coordinates beyond the front, and of the rest. */
  final float end;

  /** As {@link Kernels#common} takes them. */
  private final long[] planes;

  private final int stride;
  private final double lowest;
  private final double step;
  private final double total;

  /** Length of the rotated rest, and of what rounding it to steps left out. */
  private final double length;

  private final double blur;
  private final double side;

  Probe(Frame frame, float[] vector, double norm) {
    this.frame = frame;
    Frame.Split split = frame.split(vector, norm);
    tail = split.tail();
    weights = new float[frame.width()];
    double beyond = (double) tail * tail;
    for (int j = 0; j < weights.length; j++) {
      double principal = split.principal()[j];
      weights[j] = (float) principal * frame.scale(j);
      beyond += j < frame.front() ? 0 : principal * principal;
    }
    end = Frame.endOf(beyond);
    float[] rest = split.rest();
    float least = rest[0];
    float greatest = rest[0];
    for (float number : rest) {
      least = Math.min(least, number);
      greatest = Math.max(greatest, number);
    }
    lowest = least;
    step = Math.max((greatest - (double) least) / STEPS, Float.MIN_NORMAL);
    stride = Kernels.padded(frame.words());
    planes = new long[(1 + PLANES) * stride];
    Arrays.fill(planes, 0, frame.words(), -1);
    double sum = 0;
    double squares = 0;
    double left = 0;
    double inverse = 1 / step;
    for (int i = 0; i < rest.length; i += Byte.SIZE) {
      long eight = 0;
      for (int j = 0; j < Byte.SIZE; j++) {
        double number = rest[i + j];
        int steps = Math.min(STEPS, (int) ((number - lowest) * inverse + 0.5));
        double rounded = lowest + step * steps;
        sum += rounded;
        squares += number * number;
        left += (number - rounded) * (number - rounded);
        eight |= (long) steps << (Byte.SIZE * j);
      }
      spread(eight, i);
    }
    total = sum;
    length = Math.sqrt(squares);
    blur = Math.sqrt(left) * (1 + 1e-9) + 1e-12;
    side = Math.sqrt(rest.length);
  }

  /** Gives each plane its bit of eight coordinates, of which each has a byte. */
  private void spread(long eight, int first) {
    for (int plane = 0; plane < PLANES; plane++) {
      // The product brings the lowest bit of byte i to bit 56 + i; no two terms of it meet.
      long bits = (((eight >>> plane) & 0x0101010101010101L) * 0x0102040810204080L) >>> 56;
      planes[(1 + plane) * stride + first / Long.SIZE] |= bits << first;
    }
  }

  Frame frame() {
    return frame;
  }

  /** Length of the rounded rest along the signs of a row. */
  private double along(long[] signs, int first) {
    long common = frame.kernels().common(signs, first, frame.words(), planes);
    long ones = common >>> Integer.SIZE;
    long steps = common & 0xFFFF_FFFFL;
    return (2 * (lowest * ones + step * steps) - total) / side;
  }

  /**
   * The row's rest is {@code along} in the direction of its signs and {@code beside} in some other
   * one; of this rest the part in that direction is known but for the blur, and what is beside it
   * may point to the same side.
   */
  double restCeiling(long[] signs, int first, double along, double beside) {
    double known = along(signs, first) + blur;
    double whole = Math.sqrt(along * along + beside * beside);
    if (known * whole >= length * along) {
      return length * whole;
    }
    double other = length * length - known * known;
    return along * known + Math.sqrt(Math.max(0, other)) * beside;
  }

  /** As if what is beside the signs pointed anywhere. */
  double restEstimate(long[] signs, int first, double along, double beside) {
    return along > 0 ? along(signs, first) * (along * along + beside * beside) / along : 0;
  }
}
