package relata.worker.backfill;

import java.time.Duration;

/**
 * Lets so many documents through in a second. Times are nanoseconds of any clock that only grows.
 * For one thread.
 */
final class TokenBucket {
  private static final double NANOS = 1e9;

  private final double rate;
  private final double most;
  private double tokens;
  private long at;

  /**
   * @param rate in a second
   * @param most that may go at once after a rest
   */
  TokenBucket(double rate, double most, long now) {
    if (!(rate > 0) || !(most > 0)) {
      throw new IllegalArgumentException("A rate is positive.");
    }
    this.rate = rate;
    this.most = most;
    this.tokens = most;
    this.at = now;
  }

  /**
   * Takes tokens, on credit if there are not enough, so that no batch is too large to go.
   *
   * @return how long to wait before the batch may go
   */
  Duration take(int count, long now) {
    tokens = Math.min(most, tokens + (now - at) / NANOS * rate);
    at = now;
    tokens -= count;
    return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-tokens / rate * NANOS));
  }
}
