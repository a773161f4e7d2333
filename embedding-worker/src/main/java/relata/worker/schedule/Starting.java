package relata.worker.schedule;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import relata.worker.pipeline.Batch;

/** Starts batches while there are slots, each on a thread of its own. */
final class Starting {
  private static final Logger LOG = Logger.getLogger(Starting.class);

  private final SharedAgenda agenda;
  private final Consumer<Batch> work;
  private final ExecutorService threads;

  /**
   * @param work throws when the outcome of the batch is not known
   */
  Starting(SharedAgenda agenda, Consumer<Batch> work) {
    this(agenda, work, Thread.ofVirtual().name("batch-", 0).factory());
  }

  Starting(SharedAgenda agenda, Consumer<Batch> work, ThreadFactory threads) {
    this.agenda = agenda;
    this.work = work;
    this.threads = Executors.newThreadPerTaskExecutor(threads);
  }

  boolean turn() throws InterruptedException {
    agenda.next(Agenda::next).ifPresent(this::start);
    return true;
  }

  /** What takes longer than the grace is interrupted and gives its documents back. */
  void stop(Duration grace) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
      threads.shutdownNow();
      threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void start(Started batch) {
    try {
      threads.execute(() -> run(batch));
    } catch (RuntimeException | Error noThread) {
      end(batch, false);
      throw noThread;
    }
  }

  private void run(Started batch) {
    boolean settled = false;
    try {
      work.accept(batch.batch());
      settled = true;
    } catch (RuntimeException | Error failed) {
      LOG.warnf(
          "batch broken off generation=%d documents=%d reason=\"%s\"",
          batch.generation().generationId(), batch.documents().size(), failed);
    } finally {
      end(batch, settled);
    }
  }

  /** The slot comes free whatever happens, or it would be lost for as long as the process lives. */
  private void end(Started batch, boolean settled) {
    try {
      // Before the slot is free: what waits for the outcome comes before the next batch.
      batch.receipts().forEach(settled ? Receipt::done : Receipt::failed);
    } finally {
      agenda.change(all -> all.finish(batch, settled, System.nanoTime()));
      if (!settled) {
        agenda.pause();
      }
    }
  }
}
