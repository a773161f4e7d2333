package relata.graph.tune;

import java.util.SplittableRandom;

/** How much less one way of searching costs than another, by the same queries asked both ways. */
final class Gain {
  private static final int ROUNDS = 2_000;

  private Gain() {}

  /** The geometric mean of the queries' ratios; one that is asked slowly does not decide alone. */
  static double ratio(long[] nanos, long[] currentNanos) {
    double sum = 0;
    for (int i = 0; i < nanos.length; i++) {
      sum += logRatio(nanos[i], currentNanos[i]);
    }
    return Math.exp(sum / nanos.length);
  }

  /**
   * How probable ratios as low as these are if in truth they are {@code wanted} on average: a test
   * by sign flips (Fisher 1935), which asks nothing of the distribution but that it is symmetric.
   *
   * @param seed the flips follow from it
   */
  static double chance(long[] nanos, long[] currentNanos, double wanted, long seed) {
    double[] differences = new double[nanos.length];
    double observed = 0;
    for (int i = 0; i < nanos.length; i++) {
      differences[i] = logRatio(nanos[i], currentNanos[i]) - Math.log(wanted);
      observed += differences[i];
    }
    SplittableRandom random = new SplittableRandom(seed);
    int asLow = 1;
    for (int round = 0; round < ROUNDS; round++) {
      double sum = 0;
      for (double difference : differences) {
        sum += random.nextBoolean() ? difference : -difference;
      }
      asLow += sum <= observed ? 1 : 0;
    }
    return asLow / (ROUNDS + 1.0);
  }

  private static double logRatio(long nanos, long currentNanos) {
    return Math.log(Math.max(1, nanos) / (double) Math.max(1, currentNanos));
  }
}
