package relata.worker.backfill;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import relata.worker.database.DatabaseException;
import relata.worker.generation.Served;
import relata.worker.outbox.OutboxRelay;
import relata.worker.pipeline.Pipeline;
import relata.worker.schedule.StaleDocuments;
import relata.worker.schedule.StalePage;

/**
 * Makes the features of all stale documents, beside whatever workers run, and ends when none is
 * left. It looks in the database alone; a document that another worker has is waited for.
 */
@Singleton
public final class Backfill {
  private final Scope scope;
  private final StaleDocuments documents;
  private final Pipeline pipeline;
  private final Obstacles obstacles;
  private final OutboxRelay relay;
  private final BackfillConfig config;
  private final Clock clock;
  private Thread running;
  private boolean stopped;

  Backfill(
      Scope scope,
      StaleDocuments documents,
      Pipeline pipeline,
      Obstacles obstacles,
      OutboxRelay relay,
      BackfillConfig config,
      Clock clock) {
    this.scope = scope;
    this.documents = documents;
    this.pipeline = pipeline;
    this.obstacles = obstacles;
    this.relay = relay;
    this.config = config;
    this.clock = clock;
  }

  /** Ends a run from another thread, which gives back what it has. */
  public synchronized void stop() {
    stopped = true;
    if (running != null) {
      running.interrupt();
    }
  }

  /** Runs to the end; progress and what is wrong goes to standard output and error. */
  @SuppressWarnings("SystemOut")
  public BackfillOutcome run(BackfillOptions options) throws InterruptedException {
    int batch = options.batch().orElse(config.batch());
    TokenBucket bucket =
        options.rate().isEmpty()
            ? null
            : new TokenBucket(options.rate().getAsDouble(), batch, System.nanoTime());
    Batches batches = new Batches(pipeline, bucket, config.atOnce());
    synchronized (this) {
      running = Thread.currentThread();
      if (stopped) {
        return BackfillOutcome.STOPPED;
      }
    }
    BackfillOutcome outcome;
    try (Report report = new Report(() -> scope.remaining(options), config.progress())) {
      outcome = work(options, batch, batches, report);
    } catch (InterruptedException told) {
      outcome = BackfillOutcome.STOPPED;
    }
    synchronized (this) {
      running = null;
    }
    // Whoever is told to stop has heard it, and now gives back.
    Thread.interrupted();
    batches.stop(config.shutdownGrace());
    if (!relay.drain(config.lastEvents())) {
      System.err.println("Some events wait for the broker; a worker publishes them.");
    }
    return outcome;
  }

  private BackfillOutcome work(BackfillOptions options, int batch, Batches batches, Report report)
      throws InterruptedException {
    Instant lastSeen = clock.instant();
    Standstill standstill = new Standstill(config.standstill());
    while (true) {
      try {
        if (!scope.exists(options)) {
          return misused(options);
        }
        Remaining remaining = report.now();
        lastSeen = clock.instant();
        if (remaining.isDone()) {
          return remaining.dead() + remaining.waiting() > 0
              ? BackfillOutcome.LEFT
              : BackfillOutcome.DONE;
        }
        if (standstill.lasts(remaining, lastSeen)) {
          List<String> reasons = obstacles.words(options);
          // Without one all that is left is being tried just now, and what comes of it is the
          // reason.
          if (!reasons.isEmpty() || standstill.lastsLong(lastSeen)) {
            return stalled(remaining, reasons);
          }
        }
        if (!pass(options, batch, batches)) {
          Thread.sleep(config.pause());
        }
      } catch (DatabaseException outage) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (lastSeen.plus(config.outage()).isBefore(clock.instant())) {
          return broken(outage);
        }
        Thread.sleep(config.pause());
      }
    }
  }

  /** Goes once through all stale documents; false when there was nothing to be done. */
  private boolean pass(BackfillOptions options, int batch, Batches batches)
      throws InterruptedException {
    boolean any = false;
    for (Served generation : scope.generations(options)) {
      StalePage.Position position = StalePage.START;
      boolean more = true;
      while (more && !obstacles.isLeftAlone(generation)) {
        StalePage page = documents.after(generation, position, config.page());
        position = page.end();
        List<Long> ids = page.documentIds();
        for (int from = 0; from < ids.size() && !obstacles.isLeftAlone(generation); from += batch) {
          batches.start(generation, ids.subList(from, Math.min(ids.size(), from + batch)));
          any = true;
        }
        more = !page.last();
      }
    }
    batches.await();
    return any;
  }

  @SuppressWarnings("SystemOut")
  private static BackfillOutcome misused(BackfillOptions options) {
    System.err.printf(
        "There is no collection%s%s.%n",
        options.collection().map(name -> " \"" + name + "\"").orElse(""),
        options.tenant().map(name -> " of tenant \"" + name + "\"").orElse(""));
    return BackfillOutcome.MISUSED;
  }

  @SuppressWarnings("SystemOut")
  private BackfillOutcome stalled(Remaining remaining, List<String> reasons) {
    System.err.printf(
        "Nothing went on for %s, and %d documents are left:%n",
        Progress.words(config.standstill()), remaining.pending());
    reasons.forEach(reason -> System.err.printf("- %s%n", reason));
    System.err.println("What is done stays done: run it again when that is mended.");
    return BackfillOutcome.STALLED;
  }

  @SuppressWarnings("SystemOut")
  private BackfillOutcome broken(DatabaseException outage) {
    System.err.printf("The database was away for %s: %s%n", config.outage(), outage.getMessage());
    return BackfillOutcome.BROKEN;
  }
}
