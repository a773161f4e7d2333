package relata.api.limit;

/**
 * What a caller may do: a bucket that holds {@code burst} requests and fills by {@code perSecond}.
 *
 * @param slice requests that a replica fetches at once
 */
record Rate(double perSecond, double burst, int slice) {
  private static final double NANOS = 1e9;

  /** Slices that fit into a full bucket, so that it does not flow over between two looks. */
  private static final int SLICES = 4;

  static Rate of(RateConfig config) {
    double inSlice = config.perSecond() * (config.slice().toNanos() / NANOS);
    int slice = (int) Math.max(1, Math.min(inSlice, config.burst() / (double) SLICES));
    return new Rate(config.perSecond(), Math.max(1, config.burst()), slice);
  }

  /** Whether there is a limit at all. */
  boolean isLimited() {
    return perSecond > 0;
  }

  /** How long the bucket takes to gain this many. */
  long nanosFor(double requests) {
    return (long) Math.ceil(requests / perSecond * NANOS);
  }

  /** What the bucket gains in this time. */
  double gained(long nanos) {
    return nanos / NANOS * perSecond;
  }
}
