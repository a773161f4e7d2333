package relata.worker.gate;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The one gate to the model server. Its permits are for all models together. A more urgent lane
 * goes first, in a lane collections take turns, and calls that hang keep only their own model's
 * calls out. How many may wait is bounded by the callers: slots for batches, and requests admitted.
 */
public final class Gate {
  private final Line line;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  public Gate(GateLimits limits) {
    this.line = new Line(limits);
  }

  /**
   * Waits for a permit and does the work with it.
   *
   * @throws InterruptedException while it waited; the work was not begun
   */
  public <T> T call(Turn turn, String model, Supplier<T> work) throws InterruptedException {
    return call(turn, model, Duration.ofNanos(Long.MAX_VALUE), work).orElseThrow();
  }

  /**
   * Does the work if there is a permit for it in time; the result of the work is never null.
   *
   * @return empty when there was none, and the work was not begun
   * @throws InterruptedException while it waited; the work was not begun
   */
  public <T> Optional<T> call(Turn turn, String model, Duration wait, Supplier<T> work)
      throws InterruptedException {
    Line.Ticket ticket = enter(turn, model, wait);
    try {
      return ticket.isAdmitted() ? Optional.of(work.get()) : Optional.empty();
    } finally {
      leave(ticket);
    }
  }

  /** The calls of each lane now, most urgent first. */
  public List<LaneCalls> calls() {
    lock.lock();
    try {
      return Arrays.stream(Lane.values()).map(line::calls).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Returns with a permit, or without when the time is up. */
  private Line.Ticket enter(Turn turn, String model, Duration wait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long start = System.nanoTime();
      long limit = wait.toNanos();
      Line.Ticket ticket = line.join(turn, model, start);
      try {
        while (true) {
          long now = System.nanoTime();
          admit(now);
          if (ticket.isAdmitted() || now - start >= limit) {
            return ticket;
          }
          changed.awaitNanos(Math.min(line.nanosToNextChange(now), limit - (now - start)));
        }
      } catch (InterruptedException interrupted) {
        leave(ticket);
        throw interrupted;
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave(Line.Ticket ticket) {
    lock.lock();
    try {
      long now = System.nanoTime();
      line.leave(ticket, now);
      admit(now);
    } finally {
      lock.unlock();
    }
  }

  private void admit(long now) {
    if (line.admit(now)) {
      changed.signalAll();
    }
  }
}
