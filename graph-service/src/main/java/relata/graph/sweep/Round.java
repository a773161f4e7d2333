package relata.graph.sweep;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Work that a thread of its own does at the start, after every interval, and when asked to. */
final class Round {
  interface Work {
    void run() throws InterruptedException;
  }

  private final String name;
  private final Duration interval;
  private final Work work;
  private final Semaphore requests = new Semaphore(0);
  private final ReentrantLock running = new ReentrantLock();
  private volatile Thread thread;

  Round(String name, Duration interval, Work work) {
    this.name = name;
    this.interval = interval;
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

  /** Does the work now, when it is not being done. */
  void run() throws InterruptedException {
    running.lockInterruptibly();
    try {
      work.run();
    } finally {
      running.unlock();
    }
  }

  private void loop() {
    try {
      while (true) {
        requests.drainPermits();
        run();
        var unused = requests.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
