package relata.worker.backfill;

import java.time.Duration;
import java.util.function.Supplier;
import relata.worker.database.DatabaseException;

/** Says how far a backfill is, every few seconds, on standard output. */
final class Report implements AutoCloseable {
  private final Supplier<Remaining> count;
  private final Duration every;
  private Thread telling;
  private Progress progress;

  Report(Supplier<Remaining> count, Duration every) {
    this.count = count;
    this.every = every;
  }

  /**
   * Counts, and says the first and the last count.
   *
   * @throws DatabaseException when it cannot be counted
   */
  Remaining now() {
    Remaining remaining = count.get();
    boolean first = take(remaining);
    if (first) {
      telling = Thread.ofVirtual().name("progress").start(this::tell);
    }
    if (first || remaining.isDone()) {
      say();
    }
    return remaining;
  }

  @Override
  public void close() {
    if (telling != null) {
      telling.interrupt();
    }
  }

  private void tell() {
    try {
      while (true) {
        Thread.sleep(every);
        try {
          take(count.get());
          say();
        } catch (DatabaseException outage) {
          // Whoever works sees it, too, and knows what to do.
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean take(Remaining remaining) {
    boolean first = progress == null;
    if (first) {
      progress = new Progress(remaining, System.nanoTime());
    } else {
      progress.update(remaining, System.nanoTime());
    }
    return first;
  }

  private synchronized void say() {
    System.out.println(progress.line());
  }
}
