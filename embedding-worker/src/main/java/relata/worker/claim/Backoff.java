package relata.worker.claim;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a document waits before it is tried again. */
final class Backoff {
  private Backoff() {}

  /**
   * Grows by a factor with each try, up to a longest, and is spread over its upper half so that
   * documents that failed together do not come back together.
   *
   * @param attempt the try that failed, from 1 up
   */
  static Duration after(int attempt, ClaimConfig config, RandomGenerator random) {
    double grown =
        config.backoff().toMillis() * Math.pow(config.backoffFactor(), Math.max(0, attempt - 1));
    double millis = Math.min(grown, config.longestBackoff().toMillis());
    return Duration.ofMillis((long) (millis * (0.5 + random.nextDouble() / 2)));
  }
}
