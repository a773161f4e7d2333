package relata.worker.schedule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** The agenda behind its lock, and whoever waits for it to change. */
final class SharedAgenda {
  /** What is to be done next, at that time in nanoseconds. */
  @FunctionalInterface
  interface Choice<T> {
    Optional<T> of(Agenda agenda, long now);
  }

  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_TURN = Duration.ofSeconds(1);

  private final Agenda agenda;
  private final Duration retryDelay;
  private final long waitNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean stopped;
  private long pausedUntil = System.nanoTime();

  /**
   * @param retryDelay how long nothing is begun after a failure
   */
  SharedAgenda(Agenda agenda, AgendaLimits limits, Duration retryDelay) {
    this.agenda = agenda;
    this.retryDelay = retryDelay;
    this.waitNanos = Math.min(LONGEST_WAIT.toNanos(), limits.again().toNanos());
  }

  <T> T look(Function<Agenda, T> what) {
    lock.lock();
    try {
      return what.apply(agenda);
    } finally {
      lock.unlock();
    }
  }

  void change(Consumer<Agenda> what) {
    lock.lock();
    try {
      what.accept(agenda);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is put into a queue any more once it was stopped. */
  boolean offer(Function<Agenda, Boolean> offer) {
    lock.lock();
    try {
      changed.signalAll();
      return !stopped && offer.apply(agenda);
    } finally {
      lock.unlock();
    }
  }

  /** What is to be done next; empty when for a while there was nothing. */
  <T> Optional<T> next(Choice<T> choice) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long end = System.nanoTime() + LONGEST_TURN.toNanos();
      Optional<T> next = chosen(choice);
      while (next.isEmpty() && !stopped && System.nanoTime() - end < 0) {
        // Breakers close, and patience and gathering end without a word.
        changed.awaitNanos(Math.min(waitNanos, agenda.untilGathered(System.nanoTime())));
        next = chosen(choice);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Something failed that everything needs: nothing is begun for a while. */
  void pause() {
    change(_ -> pausedUntil = System.nanoTime() + retryDelay.toNanos());
  }

  /** Empties the queues, begins nothing more, and returns who waited. */
  List<Receipt> stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
      return agenda.clear();
    } finally {
      lock.unlock();
    }
  }

  private <T> Optional<T> chosen(Choice<T> choice) {
    long now = System.nanoTime();
    return stopped || now - pausedUntil < 0 ? Optional.empty() : choice.of(agenda, now);
  }
}
