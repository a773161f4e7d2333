package relata.graph.index;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What a run passes before each query: it waits for live load to end, and is told to stop. */
final class Gate {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final LiveLoad load;
  private final Duration patience;
  private final Duration renewal;
  private final BooleanSupplier renew;
  private long renewedAt = System.nanoTime();
  private Duration waited = Duration.ZERO;

  /**
   * @param patience how long all pauses together may be
   * @param renewal how often the run says that it goes on
   * @param renew says so; false if the run is not this replica's any more
   */
  Gate(LiveLoad load, Duration patience, Duration renewal, BooleanSupplier renew) {
    this.load = load;
    this.patience = patience;
    this.renewal = renewal;
    this.renew = renew;
  }

  /**
   * @throws Stopped if the run cannot go on
   */
  void pass() {
    stay();
    while (load.isHigh()) {
      if (waited.compareTo(patience) >= 0) {
        throw new Stopped("Searches left no time for trials.");
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
        throw new Stopped("The replica that made it stopped.");
      }
      waited = waited.plus(PAUSE);
      stay();
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new Stopped("The replica that made it stopped.");
    }
  }

  private void stay() {
    if (System.nanoTime() - renewedAt >= renewal.toNanos()) {
      if (!renew.getAsBoolean()) {
        throw new Stopped("It was taken for abandoned, or its generation is gone.");
      }
      renewedAt = System.nanoTime();
    }
  }
}
