package relata.graph.engine;

import java.util.SplittableRandom;

/**
 * A random rotation that spreads whatever a vector holds evenly over its coordinates, in time n log
 * n: rounds of random signs, each followed by a Hadamard transform of the first or of the last
 * {@code 2^k} coordinates in turn. The same seed gives the same rotation on every machine.
 */
final class Rotation {
  private static final int ROUNDS = 4;

  private final int length;
  private final int window;
  private final float[][] signs = new float[ROUNDS][];

  Rotation(int length, long seed) {
    this.length = length;
    window = Integer.highestOneBit(length);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < ROUNDS; round++) {
      signs[round] = new float[length];
      for (int i = 0; i < length; i++) {
        signs[round][i] = random.nextBoolean() ? 1 : -1;
      }
    }
  }

  void apply(float[] vector) {
    float scale = (float) (1 / Math.sqrt(window));
    for (int round = 0; round < ROUNDS; round++) {
      flip(vector, signs[round]);
      int from = round % 2 == 0 ? 0 : length - window;
      for (int stride = 1; stride < window; stride *= 2) {
        for (int i = from; i < from + window; i += 2 * stride) {
          butterfly(vector, i, stride);
        }
      }
      for (int i = from; i < from + window; i++) {
        vector[i] *= scale;
      }
    }
  }

  private static void flip(float[] vector, float[] signs) {
    for (int i = 0; i < signs.length; i++) {
      vector[i] *= signs[i];
    }
  }

  private static void butterfly(float[] vector, int from, int stride) {
    for (int i = from; i < from + stride; i++) {
      float a = vector[i];
      float b = vector[i + stride];
      vector[i] = a + b;
      vector[i + stride] = a - b;
    }
  }

  /**
   * How far, relative to its length, a rotated vector is at most from where exact arithmetic would
   * bring it: every level of a transform rounds once, and keeps the relative error of the one
   * before.
   */
  double error() {
    int levels = Integer.numberOfTrailingZeros(window);
    return ROUNDS * (levels + 3) * Frame.UNIT;
  }
}
