package relata.graph.sweep;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Work that a thread of its own does at the start, after every interval, when asked to, and soon
 * again when it failed: whoever asked for it does not know of that.
 */
final class Round {
  interface Work {
    /** Returns whether all of it was done. */
    boolean run() throws InterruptedException;
  }

  private final String name;
  private final Duration interval;
  private final Duration retry;
  private final Work work;
  private final Semaphore requests = new Semaphore(0);
  private final ReentrantLock running = new ReentrantLock();
  private volatile Thread thread;

  /**
   * @param retry how soon it is done again when it failed, if not sooner by the interval
   */
  Round(String name, Duration interval, Duration retry, Work work) {
    this.name = name;
    this.interval = interval;
    this.retry = retry.compareTo(interval) < 0 ? retry : interval;
    this.work = work;
  }

  void start() {
    thread = Thread.ofVirtual().name(name).start(this::loop);
  }

  void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Asks for the work to be done soon; many requests meanwhile are one. */
  void request() {
    requests.release();
  }

  /** Does the work now, when it is not being done; returns whether all of it was. */
  boolean run() throws InterruptedException {
    running.lockInterruptibly();
    try {
      return work.run();
    } finally {
      running.unlock();
    }
  }

  private void loop() {
    try {
      while (true) {
        requests.drainPermits();
        Duration wait = run() ? interval : retry;
        var unused = requests.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
