package relata.graph.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets a writer change something while a reader looks, however seldom either of them runs. */
final class Looks {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final AtomicInteger begun = new AtomicInteger();

  /** A reader is about to look. */
  void begin() {
    begun.incrementAndGet();
  }

  /** Waits until one more has begun; in vain for a second if nobody looks any more. */
  void awaitNext() {
    int before = begun.get();
    long start = System.nanoTime();
    while (begun.get() == before && System.nanoTime() - start < LONGEST_NANOS) {
      Thread.onSpinWait();
    }
  }
}
