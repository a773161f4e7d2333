package relata.worker.backfill;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import relata.worker.gate.Lane;
import relata.worker.gate.Turn;
import relata.worker.generation.Served;
import relata.worker.pipeline.Batch;
import relata.worker.pipeline.Pipeline;

/** The batches in work, so many at once and so many documents in a second. For one thread. */
final class Batches {
  private static final Logger LOG = Logger.getLogger(Batches.class);

  private final Pipeline pipeline;
  private final TokenBucket bucket;
  private final int atOnce;
  private final Semaphore free;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("batch-", 0).factory());

  /**
   * @param bucket null for no limit
   */
  Batches(Pipeline pipeline, TokenBucket bucket, int atOnce) {
    this.pipeline = pipeline;
    this.bucket = bucket;
    this.atOnce = atOnce;
    this.free = new Semaphore(atOnce);
  }

  /** Starts a batch when it is its time. */
  void start(Served generation, List<Long> documentIds) throws InterruptedException {
    if (bucket != null) {
      Thread.sleep(bucket.take(documentIds.size(), System.nanoTime()));
    }
    free.acquire();
    Turn turn = new Turn(Lane.BACKFILL, generation.collectionId());
    threads.execute(() -> run(new Batch(turn, generation.generationId(), documentIds)));
  }

  /** Waits until none is in work. */
  void await() throws InterruptedException {
    free.acquire(atOnce);
    free.release(atOnce);
  }

  /** What takes longer than the grace is interrupted, and gives its documents back. */
  void stop(Duration grace) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      threads.shutdownNow();
      threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void run(Batch batch) {
    try {
      pipeline.process(batch);
    } catch (RuntimeException | Error failed) {
      // Its documents are stale again, and found by the next pass.
      LOG.warnf(
          "batch broken off generation=%d documents=%d reason=\"%s\"",
          batch.generationId(), batch.documentIds().size(), failed);
    } finally {
      free.release();
    }
  }
}
