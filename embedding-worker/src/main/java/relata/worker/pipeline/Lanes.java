package relata.worker.pipeline;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The slots for batches, which events and the sweep take in turns. Whoever has acquired one either
 * starts a batch in it or gives it back.
 */
@Singleton
public final class Lanes {
  private final int size;
  private final Semaphore free;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("batch-", 0).factory());

  Lanes(PipelineConfig config) {
    this.size = config.batches();
    this.free = new Semaphore(size, true);
  }

  public void acquire() throws InterruptedException {
    free.acquire();
  }

  public void release() {
    free.release();
  }

  /** Somebody else would like a slot. */
  public boolean isContended() {
    return free.hasQueuedThreads();
  }

  /** Runs a batch in an acquired slot, and frees it when the batch is done. */
  public void start(Runnable batch) {
    threads.execute(
        () -> {
          try {
            batch.run();
          } finally {
            free.release();
          }
        });
  }

  /**
   * Waits for the batches in work, and interrupts those that take longer than the grace, which then
   * give their documents back. Nobody may acquire a slot any more.
   */
  public void drain(Duration grace) throws InterruptedException {
    if (!free.tryAcquire(size, grace.toMillis(), TimeUnit.MILLISECONDS)) {
      threads.shutdownNow();
    }
    threads.shutdown();
    threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
  }
}
