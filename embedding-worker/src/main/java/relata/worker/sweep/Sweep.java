package relata.worker.sweep;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import relata.worker.broker.Broker;
import relata.worker.loop.Loop;
import relata.worker.pipeline.Wakeups;
import relata.worker.pipeline.Wakeups.Wakeup;
import relata.worker.schedule.Schedule;
import relata.worker.sweep.DueDocuments.Due;

/**
 * Looks at the database for what events did not say: which generations are behind, whose next try
 * is due, what is to be erased. Events only make it fast: without a single one, this alone brings
 * everything up to date.
 */
@Singleton
public final class Sweep {
  private static final Logger LOG = Logger.getLogger(Sweep.class);

  private final Survey survey;
  private final DueDocuments dueDocuments;
  private final Freshness freshness;
  private final Orphans orphans;
  private final Schedule schedule;
  private final Wakeups wakeups;
  private final Broker broker;
  private final SweepConfig config;
  private final Counter found;
  private final Loop loop;
  private Thread erasing;

  Sweep(
      Survey survey,
      DueDocuments dueDocuments,
      Freshness freshness,
      Orphans orphans,
      Schedule schedule,
      Wakeups wakeups,
      Broker broker,
      SweepConfig config,
      MeterRegistry meters) {
    this.survey = survey;
    this.dueDocuments = dueDocuments;
    this.freshness = freshness;
    this.orphans = orphans;
    this.schedule = schedule;
    this.wakeups = wakeups;
    this.broker = broker;
    this.config = config;
    this.loop = new Loop("sweep", "sweep broken off", config.retryDelay(), this::turn);
    this.found =
        Counter.builder("relata.sweep.documents")
            .description("Stale documents that the sweep found")
            .register(meters);
  }

  public void start() {
    // What was published while we were away may be gone with the broker's store.
    broker.onConnected(_ -> wakeups.sweepIn(Duration.ZERO));
    loop.start();
  }

  public void stop() throws InterruptedException {
    loop.stop();
    loop.join();
    if (erasing != null) {
      // Not awaited: it may wait for one that an event began. The next sweep begins it again.
      erasing.interrupt();
    }
  }

  private boolean turn() throws InterruptedException {
    Wakeup wakeup = wakeups.await();
    boolean well = false;
    try {
      look(wakeup);
      well = true;
    } finally {
      if (!well) {
        // Whatever it was for is looked for again.
        wakeups.sweepIn(Duration.ZERO);
      }
    }
    return true;
  }

  private void look(Wakeup wakeup) {
    switch (wakeup) {
      case SWEEP -> {
        wakeups.sweepIn(config.every());
        erase();
        for (Survey.Count count : count()) {
          if (count.stale() > 0) {
            found.increment(count.stale());
            schedule.behind(count.generation());
          }
        }
        due();
      }
      case COUNT -> {
        count();
        due();
      }
      case DUE -> due();
    }
  }

  /** Beside everything else: a large generation takes a while, which no next try waits for. */
  private void erase() {
    if (erasing == null || !erasing.isAlive()) {
      erasing = Thread.ofVirtual().name("sweep-erase").start(this::eraseOrphans);
    }
  }

  private void eraseOrphans() {
    try {
      orphans.erase();
    } catch (RuntimeException | Error failed) {
      // The next sweep finds them again.
      LOG.warnf("orphans not erased reason=\"%s\"", failed.getMessage());
    }
  }

  /** While there is work, the numbers are brought up to date as often as they are cheap to get. */
  private List<Survey.Count> count() {
    long start = System.nanoTime();
    List<Survey.Count> counts = survey.count();
    if (freshness.update(counts) > 0) {
      Duration took = Duration.ofNanos(System.nanoTime() - start).multipliedBy(config.countShare());
      wakeups.in(
          Wakeup.COUNT, took.compareTo(config.countEvery()) > 0 ? took : config.countEvery());
    }
    return counts;
  }

  private void due() {
    // Before the look: what becomes due between the two is then seen by one of them.
    dueDocuments.next().ifPresent(wakeups::dueIn);
    List<Due> due = dueDocuments.find();
    for (Due one : due) {
      schedule.due(one.generation(), one.documentId());
    }
    if (due.size() == config.pageSize()) {
      // More than that, which may all be of one generation: they are found like any others.
      dueDocuments.generations().forEach(schedule::behind);
      wakeups.dueIn(config.retryDelay());
    }
  }
}
