package relata.worker.claim;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a document waits before it is tried again. */
final class Backoff {
  private static final int MOST_DOUBLINGS = 30;

  private Backoff() {}

  /**
   * Anywhere between a floor and a ceiling that doubles with each try ("full jitter", so that what
   * failed together does not come back together).
   *
   * @param attempt the try that failed, from 1 up
   */
  static Duration after(int attempt, ClaimConfig config, RandomGenerator random) {
    long floor = config.backoff().toMillis();
    int doublings = Math.clamp(attempt, 1, MOST_DOUBLINGS);
    long ceiling = Math.min(floor << doublings, config.longestBackoff().toMillis());
    return Duration.ofMillis(ceiling <= floor ? floor : random.nextLong(floor, ceiling + 1));
  }
}
