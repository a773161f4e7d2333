package relata.worker.schedule;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;
import relata.worker.gate.Lane;
import relata.worker.generation.Served;
import relata.worker.model.Breakers;
import relata.worker.model.ModelAccess;
import relata.worker.pipeline.Pipeline;

/**
 * What is worked on next. Events and the sweep put documents in or say that a generation is behind;
 * two loops start batches while there are slots, and look up what generations that are behind lack.
 */
@Singleton
public final class Schedule {
  private static final Logger LOG = Logger.getLogger(Schedule.class);
  private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(500);

  private final Agenda agenda;
  private final Pipeline pipeline;
  private final StaleDocuments documents;
  private final Breakers breakers;
  private final ModelAccess access;
  private final ScheduleConfig config;
  private final AgendaLimits limits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("batch-", 0).factory());
  private boolean stopping;
  private long pausedUntil = System.nanoTime();
  private volatile long turnedAt = System.nanoTime();
  private Thread starting;
  private Thread filling;

  Schedule(
      Pipeline pipeline,
      StaleDocuments documents,
      Breakers breakers,
      ModelAccess access,
      ScheduleConfig config,
      MeterRegistry meters) {
    this.pipeline = pipeline;
    this.documents = documents;
    this.breakers = breakers;
    this.access = access;
    this.config = config;
    this.limits = config.limits(access.permits());
    this.agenda = new Agenda(limits, this::models);
    for (Lane lane : List.of(Lane.LIVE, Lane.BACKFILL)) {
      gauge(meters, "relata.schedule.queued", lane, all -> all.queued(lane));
    }
    Gauge.builder("relata.schedule.running", this, self -> self.look(Agenda::running))
        .description("Batches in work")
        .register(meters);
    Gauge.builder("relata.schedule.behind", this, self -> self.look(Agenda::behind))
        .description("Generations with stale documents that are in no queue")
        .register(meters);
  }

  public void start() {
    starting = Thread.ofVirtual().name("schedule").start(this::startBatches);
    filling = Thread.ofVirtual().name("schedule-fill").start(this::fillQueues);
  }

  /**
   * A document changed: into its generation's queue.
   *
   * @param receipt told when the outcome is in the database, if there was room
   * @return false when there was none: the document will be found in the database
   */
  public boolean offer(Served generation, Lane lane, long documentId, Receipt receipt) {
    lock.lock();
    try {
      changed.signalAll();
      return !stopping && agenda.offer(generation, lane, documentId, receipt);
    } finally {
      lock.unlock();
    }
  }

  /** The next try of a document is due. */
  public void due(Served generation, long documentId) {
    change(() -> agenda.due(generation, documentId));
  }

  /** The generation has stale documents that nobody named. */
  public void behind(Served generation) {
    change(() -> agenda.behind(generation));
  }

  /** When both loops were last seen to turn. */
  public Duration sinceTurn() {
    return Duration.ofNanos(System.nanoTime() - turnedAt);
  }

  /**
   * Starts nothing more, lets go of what waits, and finishes what is in work; what takes longer
   * than the grace is interrupted and gives its documents back.
   */
  public void stop() throws InterruptedException {
    List<Receipt> waiting;
    lock.lock();
    try {
      stopping = true;
      waiting = agenda.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    waiting.forEach(Receipt::failed);
    filling.interrupt();
    starting.join();
    filling.join();
    threads.shutdown();
    if (!threads.awaitTermination(config.shutdownGrace().toMillis(), TimeUnit.MILLISECONDS)) {
      threads.shutdownNow();
      threads.awaitTermination(config.shutdownGrace().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void startBatches() {
    lock.lock();
    try {
      while (!stopping) {
        long now = System.nanoTime();
        turnedAt = now;
        Optional<Started> batch = now - pausedUntil < 0 ? Optional.empty() : agenda.next(now);
        if (batch.isPresent()) {
          threads.execute(() -> run(batch.get()));
        } else {
          // Breakers close and patience ends without a word.
          changed.awaitNanos(LONGEST_WAIT);
        }
      }
    } catch (InterruptedException impossible) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void run(Started batch) {
    boolean settled = false;
    try {
      pipeline.process(batch.batch());
      settled = true;
    } catch (RuntimeException | Error failed) {
      LOG.warnf(
          "batch broken off generation=%d documents=%d reason=\"%s\"",
          batch.generation().generationId(), batch.documents().size(), failed);
    }
    // Before the slot is free: what waits for the outcome comes before the next batch.
    for (Receipt receipt : batch.receipts()) {
      if (settled) {
        receipt.done();
      } else {
        receipt.failed();
      }
    }
    boolean done = settled;
    change(
        () -> {
          agenda.finish(batch, done);
          if (!done) {
            pausedUntil = System.nanoTime() + config.retryDelay().toNanos();
          }
        });
  }

  private void fillQueues() {
    while (true) {
      GenerationQueues queues;
      Served generation;
      StalePage.Position position;
      int limit;
      lock.lock();
      try {
        Optional<GenerationQueues> next = awaitNextToFill();
        if (next.isEmpty()) {
          return;
        }
        queues = next.get();
        generation = queues.generation();
        position = queues.beginPage();
        limit = agenda.pageSize();
      } catch (InterruptedException stopped) {
        return;
      } finally {
        lock.unlock();
      }
      fill(queues, generation, position, limit);
    }
  }

  private Optional<GenerationQueues> awaitNextToFill() throws InterruptedException {
    while (!stopping) {
      long now = System.nanoTime();
      Optional<GenerationQueues> next =
          now - pausedUntil < 0 ? Optional.empty() : agenda.nextToFill(now);
      if (next.isPresent()) {
        return next;
      }
      changed.awaitNanos(Math.min(LONGEST_WAIT, limits.again().toNanos()));
    }
    return Optional.empty();
  }

  private void fill(
      GenerationQueues queues, Served generation, StalePage.Position position, int limit) {
    try {
      StalePage page = documents.after(generation, position, limit);
      change(
          () -> {
            if (!stopping) {
              agenda.fill(queues, page, System.nanoTime());
            }
          });
    } catch (RuntimeException failed) {
      LOG.warnf(
          "stale documents not found generation=%d reason=\"%s\"",
          generation.generationId(), failed.getMessage());
      change(
          () -> {
            pausedUntil = System.nanoTime() + config.retryDelay().toNanos();
            queues.breakPage(pausedUntil);
          });
    }
  }

  private ModelState models(Served generation) {
    ModelState state = ModelState.CLOSED;
    for (String model : generation.models()) {
      if (access.refusal(model).isPresent()) {
        return ModelState.OPEN;
      }
      if (breakers.of(model).isProbed()) {
        state = ModelState.PROBED;
      }
    }
    return state;
  }

  private int look(ToIntFunction<Agenda> what) {
    lock.lock();
    try {
      return what.applyAsInt(agenda);
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void gauge(MeterRegistry meters, String name, Lane lane, ToIntFunction<Agenda> what) {
    Gauge.builder(name, this, self -> self.look(what))
        .description("Documents that wait in queues")
        .tags(List.of(Tag.of("lane", lane.name().toLowerCase(java.util.Locale.ROOT))))
        .register(meters);
  }
}
