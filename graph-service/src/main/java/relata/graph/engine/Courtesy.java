package relata.graph.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets the background wait while somebody writes: on few processors it would take one from the
 * writer or from a search. It waits for some time and no longer, because what never stops changing
 * has to be kept up, too.
 */
final class Courtesy {
  /** Since the last write nobody writes any more. */
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private volatile long wroteAt = System.nanoTime() - QUIET_NANOS;

  /** Of the thread in the background alone. */
  private long waitedNanos;

  void wrote() {
    wroteAt = System.nanoTime();
  }

  /** Something begins that is worth as much patience as anything before. */
  void begin() {
    waitedNanos = 0;
  }

  /** To be called often while it lasts. */
  void giveWay() {
    while (waitedNanos < PATIENCE_NANOS && System.nanoTime() - wroteAt < QUIET_NANOS) {
      LockSupport.parkNanos(PAUSE_NANOS);
      waitedNanos += PAUSE_NANOS;
    }
  }
}
