package relata.worker.pipeline;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When stale documents are next to be looked for. Only the two earliest times are kept: which
 * documents it is, the database knows.
 */
@Singleton
public final class Wakeups {
  /** What is to be looked for. */
  public enum Wakeup {
    /** Documents whose next try is due: a look at a small index. */
    DUE,
    /** Everything that is stale: a look at every document. */
    SWEEP
  }

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Instant due = Instant.MAX;
  private Instant sweep = Instant.MIN;

  Wakeups(Clock clock) {
    this.clock = clock;
  }

  /** Documents will be due then. */
  public void dueIn(Duration delay) {
    update(() -> due = earlier(due, delay));
  }

  /** A sweep is wanted then, if not before. */
  public void sweepIn(Duration delay) {
    update(() -> sweep = earlier(sweep, delay));
  }

  /** Waits for the next time, and forgets it. */
  public Wakeup await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Instant now = clock.instant();
        if (!sweep.isAfter(now)) {
          sweep = Instant.MAX;
          due = Instant.MAX;
          return Wakeup.SWEEP;
        }
        if (!due.isAfter(now)) {
          due = Instant.MAX;
          return Wakeup.DUE;
        }
        Instant next = sweep.isBefore(due) ? sweep : due;
        Instant limit = now.plus(LONGEST_WAIT);
        Duration wait = Duration.between(now, next.isBefore(limit) ? next : limit);
        changed.awaitNanos(wait.plusMillis(1).toNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  private Instant earlier(Instant time, Duration delay) {
    Instant then = clock.instant().plus(delay);
    return then.isBefore(time) ? then : time;
  }

  private void update(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
