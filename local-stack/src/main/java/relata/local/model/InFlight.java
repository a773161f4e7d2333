package relata.local.model;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The requests under way, so that the server can wait for them before it closes. */
final class InFlight {

  private static final int ALL = Integer.MAX_VALUE;

  /** Fair: once the close waits for all of them, nobody else gets one. */
  private final Semaphore requests = new Semaphore(ALL, true);

  /** Whether the request may go on; it must {@link #leave} then. */
  boolean enter() {
    try {
      return requests.tryAcquire(0, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void leave() {
    requests.release();
  }

  /** Lets nobody in any more and waits for those inside, no longer than {@code most}. */
  void drain(Duration most) {
    try {
      boolean drained = requests.tryAcquire(ALL, most.toMillis(), TimeUnit.MILLISECONDS);
      if (!drained) {
        requests.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
