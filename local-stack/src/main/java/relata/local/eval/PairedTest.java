package relata.local.eval;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Whether one system is better than another over the same queries.
 *
 * @param mean of the differences, one minus other
 * @param low lower end of the interval that holds the mean with 95 %, by the bootstrap
 * @param high upper end
 * @param p how often a mean at least so far from 0, to either side, comes about when the two
 *     systems' values are swapped by chance at each query: a two-sided paired randomisation test,
 *     the share of the rounds and the observed one that reach it. (Smucker, Allan, Carterette: A
 *     comparison of statistical significance tests for information retrieval evaluation, CIKM
 *     2007.)
 */
record PairedTest(double mean, double low, double high, double p) {
  static final int ROUNDS = 20_000;
  private static final long SEED = 20_070_611;
  private static final double TAIL = 0.025;

  /** Sums of the same numbers in another order differ in their last digits. */
  private static final double ROUNDING = 1e-12;

  /**
   * @param one a value a query
   * @param other of the same queries in the same order
   */
  static PairedTest of(double[] one, double[] other) {
    if (one.length == 0 || one.length != other.length) {
      throw new IllegalArgumentException(
          "Values of the same queries are compared, not %d with %d"
              .formatted(one.length, other.length));
    }
    double[] differences = new double[one.length];
    for (int i = 0; i < one.length; i++) {
      differences[i] = one[i] - other[i];
    }
    double mean = Arrays.stream(differences).sum() / differences.length;
    double[] means = resampledMeans(differences);
    return new PairedTest(
        mean,
        means[(int) (TAIL * ROUNDS)],
        means[(int) ((1 - TAIL) * ROUNDS)],
        chance(differences, Math.abs(mean)));
  }

  private static double chance(double[] differences, double observed) {
    SplittableRandom random = new SplittableRandom(SEED);
    int reached = 1;
    for (int round = 0; round < ROUNDS; round++) {
      double sum = 0;
      for (double difference : differences) {
        sum += random.nextBoolean() ? difference : -difference;
      }
      if (Math.abs(sum / differences.length) >= observed - ROUNDING) {
        reached++;
      }
    }
    return (double) reached / (ROUNDS + 1);
  }

  private static double[] resampledMeans(double[] differences) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] means = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += differences[random.nextInt(differences.length)];
      }
      means[round] = sum / differences.length;
    }
    Arrays.sort(means);
    return means;
  }
}
