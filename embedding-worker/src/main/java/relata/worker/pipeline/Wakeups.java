package relata.worker.pipeline;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When stale documents are next to be looked for. Only the earliest times are kept: which documents
 * it is, the database knows.
 */
@Singleton
public final class Wakeups {
  /** What is to be looked for; one does what those below it do. */
  public enum Wakeup {
    /** Documents whose next try is due: a look at a small index. */
    DUE,
    /** How much is stale: a look at every document. */
    COUNT,
    /** Everything that events may have missed. */
    SWEEP
  }

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Wakeup, Instant> times = new EnumMap<>(Wakeup.class);

  Wakeups(Clock clock) {
    this.clock = clock;
    times.put(Wakeup.SWEEP, Instant.MIN);
  }

  /** Documents will be due then. */
  public void dueIn(Duration delay) {
    in(Wakeup.DUE, delay);
  }

  /** A sweep is wanted then, if not before. */
  public void sweepIn(Duration delay) {
    in(Wakeup.SWEEP, delay);
  }

  /** It is wanted then, if not before. */
  public void in(Wakeup wakeup, Duration delay) {
    lock.lock();
    try {
      Instant then = clock.instant().plus(delay);
      times.merge(wakeup, then, (old, wanted) -> wanted.isBefore(old) ? wanted : old);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next time, and forgets it with those that it does for. */
  public Wakeup await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Instant now = clock.instant();
        for (Wakeup wakeup : new Wakeup[] {Wakeup.SWEEP, Wakeup.COUNT, Wakeup.DUE}) {
          if (!time(wakeup).isAfter(now)) {
            times.keySet().removeIf(done -> done.compareTo(wakeup) <= 0);
            return wakeup;
          }
        }
        Instant next = now.plus(LONGEST_WAIT);
        for (Instant time : times.values()) {
          next = time.isBefore(next) ? time : next;
        }
        changed.awaitNanos(Duration.between(now, next).plusMillis(1).toNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  private Instant time(Wakeup wakeup) {
    return times.getOrDefault(wakeup, Instant.MAX);
  }
}
