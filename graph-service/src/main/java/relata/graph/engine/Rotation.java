package relata.graph.engine;

import java.util.SplittableRandom;

/**
 * A random rotation that spreads whatever a vector holds evenly over its coordinates, in time n log
 * n: rounds of random signs, each followed by a Hadamard transform of the first or of the last
 * {@code 2^k} coordinates in turn. The same seed gives the same rotation on every machine.
 */
final class Rotation {
  private static final int ROUNDS = 4;
  private static final int EIGHT = 8;

  private final Kernels kernels;
  private final int length;
  private final int window;
  private final float[][] signs = new float[ROUNDS][];

  Rotation(int length, long seed, Kernels kernels) {
    this.length = length;
    this.kernels = kernels;
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
      for (int i = from; i < from + window; i += EIGHT) {
        eight(vector, i);
      }
      for (int stride = EIGHT; stride < window; stride *= 2) {
        kernels.butterflies(vector, from, window, stride);
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

  /** Three levels at once on eight neighbours: too few for loops that the compiler widens. */
  private static void eight(float[] vector, int from) {
    float a0 = vector[from] + vector[from + 1];
    float a1 = vector[from] - vector[from + 1];
    float a2 = vector[from + 2] + vector[from + 3];
    float a3 = vector[from + 2] - vector[from + 3];
    float a4 = vector[from + 4] + vector[from + 5];
    float a5 = vector[from + 4] - vector[from + 5];
    float a6 = vector[from + 6] + vector[from + 7];
    float a7 = vector[from + 6] - vector[from + 7];
    float b0 = a0 + a2;
    float b1 = a1 + a3;
    float b2 = a0 - a2;
    float b3 = a1 - a3;
    float b4 = a4 + a6;
    float b5 = a5 + a7;
    float b6 = a4 - a6;
    float b7 = a5 - a7;
    vector[from] = b0 + b4;
    vector[from + 1] = b1 + b5;
    vector[from + 2] = b2 + b6;
    vector[from + 3] = b3 + b7;
    vector[from + 4] = b0 - b4;
    vector[from + 5] = b1 - b5;
    vector[from + 6] = b2 - b6;
    vector[from + 7] = b3 - b7;
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
