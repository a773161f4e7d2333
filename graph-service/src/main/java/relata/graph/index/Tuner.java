package relata.graph.index;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.generation.Generations;
import relata.graph.tune.Pace;

/**
 * Makes searches cheaper where that costs them no more recall than they may lose
 * (docs/adr/0016-the-effort-of-searches-is-tuned.md). Every replica looks for what is due; one at a
 * time carries out a run, on a thread of its own and never while its users search a lot.
 */
@Singleton
public final class Tuner {
  private static final Logger LOG = Logger.getLogger(Tuner.class);

  private static final Duration FORGETTING = Duration.ofHours(1);

  private final Database database;
  private final Efforts efforts;
  private final QuerySample sample;
  private final LiveLoad load;
  private final TuneConfig config;
  private final DueRuns due;
  private final Runner runner;
  private final UUID replica = UUID.randomUUID();
  private long forgotAt = System.nanoTime() - FORGETTING.toNanos();

  private final ScheduledExecutorService following =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("efforts").factory());

  /** A platform thread: it computes, and is measured. */
  private final ScheduledExecutorService tuning =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tune").priority(Thread.MIN_PRIORITY).factory());

  public Tuner(
      Database database,
      Generations generations,
      Efforts efforts,
      QuerySample sample,
      LiveLoad load,
      TuneConfig config,
      MeterRegistry meters) {
    this.database = database;
    this.efforts = efforts;
    this.sample = sample;
    this.load = load;
    this.config = config;
    Pace pace =
        new Pace(
            config.trialsAnHour(),
            config.cooldown(),
            config.checkEvery(),
            config.retry(),
            config.growth(),
            config.minChunks());
    due = new DueRuns(database, generations, efforts, config, pace);
    runner = new Runner(database, generations, efforts, load, config, pace, meters, replica);
  }

  /** Follows what is stored, and looks for what is due, from now on. */
  public void start() {
    every(following, config.follow(), efforts::follow);
    every(tuning, config.look(), this::look);
  }

  public void stop() {
    following.shutdownNow();
    tuning.shutdownNow();
  }

  /**
   * Looks for what is due now and not when it is time again.
   *
   * @return done when it has looked, and has carried out what there was
   */
  Future<?> request() {
    try {
      return tuning.submit(this::look);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("no look: the service stops");
      return CompletableFuture.completedFuture(null);
    }
  }

  private static void every(ScheduledExecutorService thread, Duration interval, Runnable work) {
    var unused = thread.scheduleWithFixedDelay(work, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      sample.flush();
      forget();
      due.look();
      carryOutAll();
    } catch (RuntimeException | Error failed) {
      // Nobody else would look again.
      LOG.warnf("looking for what is to be tuned failed reason=%s", failed.getMessage());
    }
  }

  /** From time to time: it reads all there is. */
  private void forget() {
    if (System.nanoTime() - forgotAt < FORGETTING.toNanos()) {
      return;
    }
    sample.forget();
    database.transaction(
        session -> {
          RunTable.forget(session, config.journalKept());
          return null;
        });
    forgotAt = System.nanoTime();
  }

  private void carryOutAll() {
    Optional<Run> run = claim();
    while (run.isPresent()) {
      runner.carryOut(run.get());
      run = claim();
    }
  }

  private Optional<Run> claim() {
    return load.isHigh()
        ? Optional.empty()
        : database.transaction(session -> RunTable.claim(session, replica, config.lease()));
  }
}
