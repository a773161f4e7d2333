package relata.graph.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Lets the background wait while somebody writes: on few processors it would take one from the
 * writer or from a search, and what is written meanwhile can be dealt with together. It waits for
 * some time and no longer, because what never stops changing has to be kept up, too.
 */
final class Courtesy {
  /** Since the last write nobody writes any more. */
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** About as long as the longest listing takes: waiting costs at most as much as what it saves. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final long settledNanos;
  private final LongSupplier nanoTime;
  private volatile long wroteAt;

  /** Of the thread in the background alone, as the two below. */
  private long waitedNanos;

  private boolean awaitsMore;
  private long awaitsSince;

  /**
   * @param settledMillis so long after the last write nothing comes any more that belongs to it
   */
  Courtesy(int settledMillis) {
    this(settledMillis, System::nanoTime);
  }

  Courtesy(int settledMillis, LongSupplier nanoTime) {
    settledNanos = TimeUnit.MILLISECONDS.toNanos(settledMillis);
    this.nanoTime = nanoTime;
    wroteAt = nanoTime.getAsLong() - Math.max(settledNanos, QUIET_NANOS);
  }

  void wrote() {
    wroteAt = nanoTime.getAsLong();
  }

  /**
   * Whether what is due should wait for what is being written. The time that it may wait begins
   * with the first time that this is asked.
   */
  boolean awaitMore() {
    long now = nanoTime.getAsLong();
    if (!awaitsMore) {
      awaitsSince = now;
    }
    awaitsMore = now - wroteAt < settledNanos && now - awaitsSince < PATIENCE_NANOS;
    return awaitsMore;
  }

  /** Nothing is due any more, or it does not wait: what is due next may wait as long again. */
  void awaitNoMore() {
    awaitsMore = false;
  }

  /** Something begins that is worth as much patience as anything before. */
  void begin() {
    waitedNanos = 0;
  }

  /** To be called often while it lasts. */
  void giveWay() {
    while (waitedNanos < PATIENCE_NANOS && nanoTime.getAsLong() - wroteAt < QUIET_NANOS) {
      LockSupport.parkNanos(PAUSE_NANOS);
      waitedNanos += PAUSE_NANOS;
    }
  }
}
