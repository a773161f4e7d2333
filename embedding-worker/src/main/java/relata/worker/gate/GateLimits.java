package relata.worker.gate;

import java.time.Duration;

/**
 * How many calls may be on their way at once.
 *
 * @param permits over all models
 * @param patience after which a call keeps no call of another model out any more
 * @param keptFree how long one permit is kept for a lane, or for a model, that was in use
 */
public record GateLimits(int permits, Duration patience, Duration keptFree) {
  public GateLimits {
    if (permits < 1 || !patience.isPositive() || keptFree.isNegative()) {
      throw new IllegalArgumentException("A gate needs permits and patience.");
    }
  }

  /** However many calls hang, there are never more than these. */
  int most() {
    return 2 * permits;
  }
}
