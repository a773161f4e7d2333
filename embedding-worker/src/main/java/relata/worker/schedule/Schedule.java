package relata.worker.schedule;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import relata.worker.gate.Lane;
import relata.worker.generation.Served;
import relata.worker.loop.Loop;
import relata.worker.model.Breakers;
import relata.worker.model.ModelAccess;
import relata.worker.pipeline.Pipeline;

/**
 * What is worked on next. Events and the sweep put documents in or say that a generation is behind;
 * two loops start batches while there are slots, and look up what generations that are behind lack.
 */
@Singleton
public final class Schedule {
  private final Breakers breakers;
  private final ModelAccess access;
  private final ScheduleConfig config;
  private final SharedAgenda agenda;
  private final Starting batches;
  private final Loop starting;
  private final Loop filling;

  Schedule(
      Pipeline pipeline,
      StaleDocuments documents,
      Breakers breakers,
      ModelAccess access,
      ScheduleConfig config,
      MeterRegistry meters) {
    this.breakers = breakers;
    this.access = access;
    this.config = config;
    AgendaLimits limits = config.limits(access.permits());
    Duration pause = config.retryDelay();
    this.agenda = new SharedAgenda(new Agenda(limits, this::models), limits, pause);
    this.batches = new Starting(agenda, pipeline::process);
    this.starting = new Loop("schedule", "batches not started", pause, batches::turn);
    Filling pages = new Filling(agenda, documents::after);
    this.filling = new Loop("schedule-fill", "stale documents not found", pause, pages::turn);
    for (Lane lane : List.of(Lane.LIVE, Lane.BACKFILL)) {
      gauge("relata.schedule.queued", "Documents that wait in queues", all -> all.queued(lane))
          .tag("lane", lane.name().toLowerCase(Locale.ROOT))
          .register(meters);
    }
    gauge("relata.schedule.running", "Batches in work", Agenda::running).register(meters);
    gauge(
            "relata.schedule.behind",
            "Generations with stale documents that are in no queue",
            Agenda::behind)
        .register(meters);
  }

  public void start() {
    starting.start();
    filling.start();
  }

  /**
   * A document changed: into its generation's queue.
   *
   * @param receipt told when the outcome is in the database, if there was room
   * @return false when there was none: the document will be found in the database
   */
  public boolean offer(Served generation, Lane lane, long documentId, Receipt receipt) {
    return agenda.offer(all -> all.offer(generation, lane, documentId, receipt));
  }

  /** The next try of a document is due. */
  public void due(Served generation, long documentId) {
    agenda.change(all -> all.due(generation, documentId));
  }

  /** The generation has stale documents that nobody named. */
  public void behind(Served generation) {
    agenda.change(all -> all.behind(generation));
  }

  /** How long ago each of the loops was last seen to turn. */
  public Duration sinceTurn() {
    Duration started = starting.sinceTurn();
    Duration filled = filling.sinceTurn();
    return started.compareTo(filled) > 0 ? started : filled;
  }

  /**
   * Starts nothing more, lets go of what waits, and finishes what is in work; what takes longer
   * than the grace is interrupted and gives its documents back.
   */
  public void stop() throws InterruptedException {
    agenda.stop().forEach(Receipt::failed);
    starting.stop();
    filling.stop();
    starting.join();
    filling.join();
    batches.stop(config.shutdownGrace());
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

  private Gauge.Builder<SharedAgenda> gauge(
      String name, String description, ToIntFunction<Agenda> what) {
    return Gauge.builder(name, agenda, shared -> shared.look(what::applyAsInt))
        .description(description);
  }
}
