package relata.graph.tune;

import java.util.Arrays;
import relata.graph.vector.Effort;

/**
 * What an effort was worth, beside the one that searches had at the time. All that a decision rests
 * on is in it.
 *
 * @param purpose what it was for
 * @param effort what was tried
 * @param current what searches had
 * @param planned how many queries there were; fewer were asked if it could not hold the bar any
 *     more
 * @param recalls of the queries that were asked, in the order in which they were
 * @param nanos processor time of each with {@code effort}
 * @param currentNanos processor time of each with {@code current}
 */
public record Trial(
    Purpose purpose,
    Effort effort,
    Effort current,
    int planned,
    double[] recalls,
    long[] nanos,
    long[] currentNanos) {
  /** What a trial is for. */
  public enum Purpose {
    /** Whether what searches have still holds the bar. */
    CHECK,
    /** What holds the bar and costs less. */
    SEEK,
    /** Times once more, of the one that was chosen for its times. */
    CONFIRM
  }

  public Trial {
    if (recalls.length > planned
        || nanos.length != recalls.length
        || currentNanos.length != recalls.length) {
      throw new IllegalArgumentException("a trial has as many times as recalls");
    }
    recalls = recalls.clone();
    nanos = nanos.clone();
    currentNanos = currentNanos.clone();
  }

  public Recall recall() {
    return Recall.of(recalls);
  }

  /** Whether it was shown that searches with this effort have at least this recall. */
  public boolean holds(double bar) {
    return recalls.length == planned && recall().lower() >= bar;
  }

  /** Its cost by that of the current effort. */
  public double ratio() {
    return Gain.ratio(nanos, currentNanos);
  }

  /** The processor time that this share of the queries took no longer than. */
  public long nanos(double share) {
    return quantile(nanos, share);
  }

  /** The same of the current effort. */
  public long currentNanos(double share) {
    return quantile(currentNanos, share);
  }

  private static long quantile(long[] values, double share) {
    if (values.length == 0) {
      return 0;
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }
}
