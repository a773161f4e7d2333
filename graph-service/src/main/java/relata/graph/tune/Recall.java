package relata.graph.tune;

import java.util.Arrays;

/**
 * Which share of the right answers was found.
 *
 * @param mean over the queries, from 0 to 1
 * @param lower what the mean over all queries that users may ask is not below, with a confidence of
 *     95 % (one-sided)
 * @param queries how many were asked
 */
public record Recall(double mean, double lower, int queries) {
  /** Of searches that are certain, which nobody has to measure. */
  public static final Recall CERTAIN = new Recall(1, 1, 0);

  /** The 95 % quantile of the normal distribution. */
  private static final double Z = 1.6448536269514722;

  /** Of the recalls of some queries, each from 0 to 1. */
  public static Recall of(double[] recalls) {
    double mean = Arrays.stream(recalls).average().orElse(0);
    return new Recall(mean, lower(mean, recalls.length), recalls.length);
  }

  /**
   * Wilson's score bound (Wilson 1927), as if each query were found or not. Of all that lies
   * between 0 and 1 with this mean, that has the greatest variance, so that the bound is never too
   * high for want of spread in a sample: fifty queries that all found everything show 0.949, not 1.
   */
  static double lower(double mean, int queries) {
    if (queries == 0) {
      return 0;
    }
    double z2 = Z * Z / queries;
    double spread = Z * Math.sqrt(mean * (1 - mean) / queries + z2 / (4 * queries));
    return Math.max(0, (mean + z2 / 2 - spread) / (1 + z2));
  }

  /**
   * How many queries it takes at least to show a recall of {@code bar}, if all of them find
   * everything.
   */
  public static long queriesFor(double bar) {
    return bar >= 1 ? Long.MAX_VALUE : Math.max(1, (long) Math.ceil(Z * Z * bar / (1 - bar)));
  }
}
