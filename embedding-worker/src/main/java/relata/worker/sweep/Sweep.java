package relata.worker.sweep;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import relata.worker.broker.Broker;
import relata.worker.database.DatabaseException;
import relata.worker.gate.Lane;
import relata.worker.gate.Turn;
import relata.worker.generation.Served;
import relata.worker.generation.ServedGenerations;
import relata.worker.pipeline.Batch;
import relata.worker.pipeline.Lanes;
import relata.worker.pipeline.Pipeline;
import relata.worker.pipeline.PipelineConfig;
import relata.worker.pipeline.Wakeups;
import relata.worker.sweep.StaleDocuments.Found;

/**
 * Looks for what is stale and sends it the way that events go. Events only make it fast: without a
 * single one, this alone brings everything up to date.
 */
@Singleton
public final class Sweep {
  private static final Logger LOG = Logger.getLogger(Sweep.class);

  private final StaleDocuments documents;
  private final Orphans orphans;
  private final Pipeline pipeline;
  private final Lanes lanes;
  private final Wakeups wakeups;
  private final ServedGenerations served;
  private final Broker broker;
  private final SweepConfig config;
  private final int batchSize;
  private final Counter found;
  private volatile Instant oldestPending;
  private Thread thread;

  Sweep(
      StaleDocuments documents,
      Orphans orphans,
      Pipeline pipeline,
      Lanes lanes,
      Wakeups wakeups,
      ServedGenerations served,
      Broker broker,
      SweepConfig config,
      PipelineConfig pipelineConfig,
      MeterRegistry meters) {
    this.documents = documents;
    this.orphans = orphans;
    this.pipeline = pipeline;
    this.lanes = lanes;
    this.wakeups = wakeups;
    this.served = served;
    this.broker = broker;
    this.config = config;
    this.batchSize = pipelineConfig.batchSize();
    this.found =
        Counter.builder("relata.sweep.documents")
            .description("Stale documents that the sweep found")
            .register(meters);
    TimeGauge.builder(
            "relata.documents.oldest.pending", this, TimeUnit.SECONDS, Sweep::oldestPendingSeconds)
        .description("Age of the oldest change without features, as of the last sweep")
        .register(meters);
  }

  public void start() {
    // What was published while we were away may be gone with the broker's store.
    broker.onConnected(_ -> wakeups.sweepIn(Duration.ZERO));
    thread = Thread.ofVirtual().name("sweep").start(this::run);
  }

  public void stop() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }

  private void run() {
    while (true) {
      try {
        switch (wakeups.await()) {
          case SWEEP -> {
            wakeups.sweepIn(config.every());
            orphans.erase();
            pass(this::stale);
          }
          case DUE -> due();
        }
      } catch (InterruptedException stopping) {
        return;
      } catch (DatabaseException outage) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        LOG.warnf("sweep broken off reason=\"%s\"", outage.getMessage());
        wakeups.sweepIn(config.retryDelay());
      } catch (RuntimeException bug) {
        LOG.error("sweep broken off", bug);
        wakeups.sweepIn(config.retryDelay());
      }
    }
  }

  private void due() throws InterruptedException {
    // Before the pass: what becomes due between the two looks is then seen by one of them.
    documents.nextDue().ifPresent(wakeups::dueIn);
    pass(documents::due);
  }

  /** Next tries go first: behind a long backlog they would wait for hours. */
  private List<Found> stale(Found after) throws InterruptedException {
    due();
    List<Found> page = documents.stale(after);
    if (after.equals(StaleDocuments.START)) {
      oldestPending = page.isEmpty() ? null : page.getFirst().since().toInstant();
    }
    return page;
  }

  /** One pass over all pages. */
  private void pass(Pages pages) throws InterruptedException {
    Found last = StaleDocuments.START;
    List<Found> page;
    do {
      page = pages.after(last);
      if (!page.isEmpty()) {
        last = page.getLast();
        work(page);
      }
    } while (page.size() == config.pageSize());
  }

  private void work(List<Found> page) throws InterruptedException {
    found.increment(page.size());
    LOG.debugf("sweep found documents=%d", page.size());
    Map<Long, Set<Long>> byCollection = new LinkedHashMap<>();
    page.forEach(
        one ->
            byCollection
                .computeIfAbsent(one.collectionId(), _ -> new LinkedHashSet<>())
                .add(one.documentId()));
    for (Map.Entry<Long, Set<Long>> ids : byCollection.entrySet()) {
      for (Served generation : served.of(ids.getKey())) {
        work(generation, List.copyOf(ids.getValue()));
      }
    }
  }

  private void work(Served generation, List<Long> ids) throws InterruptedException {
    List<FutureTask<Void>> batches = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += batchSize) {
      Batch batch =
          new Batch(
              new Turn(Lane.BACKFILL, generation.collectionId()),
              generation.generationId(),
              ids.subList(from, Math.min(ids.size(), from + batchSize)));
      lanes.acquire();
      FutureTask<Void> task = new FutureTask<>(() -> pipeline.process(batch), null);
      lanes.start(task);
      batches.add(task);
    }
    for (FutureTask<Void> batch : batches) {
      try {
        batch.get();
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(failed.getCause());
      }
    }
  }

  private double oldestPendingSeconds() {
    Instant oldest = oldestPending;
    return oldest == null ? 0 : Duration.between(oldest, Instant.now()).toMillis() / 1000.0;
  }

  @FunctionalInterface
  private interface Pages {
    List<Found> after(Found last) throws InterruptedException;
  }
}
