package relata.graph.sweep;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.edges.EdgeCommitter;
import relata.graph.edges.EdgesConfig;
import relata.graph.generation.GenerationConfig;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.GenerationTable;
import relata.graph.generation.Generations;
import relata.graph.generation.IndexReconciliation;
import relata.graph.generation.SnapshotAudit;
import relata.graph.generation.Stage;

/**
 * Compares what is stored with what is indexed and linked, and deals with every difference the way
 * an event would have been. Alone it leads to the same graph as the events do. The active
 * generations are swept by one thread and all others by a second: one that is being built may have
 * so much to link that the active ones are due again meanwhile.
 */
@Singleton
public final class Sweep {
  private static final Logger LOG = Logger.getLogger(Sweep.class);

  private final Database database;
  private final Generations generations;
  private final EdgeCommitter committer;
  private final Linking linking;
  private final Leftovers leftovers;
  private final SharedIndexes sharedIndexes;
  private final MeterRegistry meters;
  private final Timer done;
  private final Timer failed;
  private final Counter linkedLate;
  private final Round active;
  private final Round others;
  private final Round resumed;
  private final Arrivals arrivals = new Arrivals();

  public Sweep(
      Database database,
      Generations generations,
      EdgeCommitter committer,
      Linking linking,
      SnapshotAudit snapshots,
      MeterRegistry meters,
      SweepConfig config,
      GenerationConfig generationConfig,
      EdgesConfig edges) {
    this.database = database;
    this.generations = generations;
    this.committer = committer;
    this.linking = linking;
    this.meters = meters;
    done = meters.timer("relata.sweep", "outcome", "done");
    failed = meters.timer("relata.sweep", "outcome", "failed");
    linkedLate = meters.counter("relata.sweep.documents");
    leftovers =
        new Leftovers(database, generations, committer, snapshots, generationConfig.retiredGrace());
    sharedIndexes = new SharedIndexes(database, generations, edges, config.compareShared());
    active = new Round("sweep-active", config.interval(), config.retry(), this::sweepActive);
    others = new Round("sweep-others", config.interval(), config.retry(), this::sweepOthers);
    resumed =
        new Round("sweep-arrivals", config.arrivals(), config.arrivals(), this::sweepArrivals);
  }

  /** Sweeps now, after every interval, and when asked to. */
  public void start() {
    active.start();
    others.start();
    resumed.start();
  }

  public void stop() {
    active.stop();
    others.stop();
    resumed.stop();
  }

  /** Asks for a sweep soon; many requests meanwhile make one. */
  public void request() {
    active.request();
    others.request();
  }

  /** One sweep over everything. What fails is tried again by the next. */
  public void run() throws InterruptedException {
    active.run();
    others.run();
  }

  private interface Part {
    boolean sweep() throws InterruptedException;
  }

  private boolean sweepActive() throws InterruptedException {
    return measured(() -> sweep(Stage.ACTIVE));
  }

  private boolean sweepOthers() throws InterruptedException {
    return measured(
        () -> {
          committer.forgetOldCommits();
          leftovers.clear();
          return sweep(Stage.BUILDING) & sweep(Stage.RESTING);
        });
  }

  /** What was resumed or returned to has long had its events, and would wait for the next sweep. */
  private boolean sweepArrivals() throws InterruptedException {
    try {
      for (long generationId : arrivals.among(in(Stage.BUILDING))) {
        sweep(generationId, Stage.BUILDING);
      }
      return true;
    } catch (RuntimeException | Error failure) {
      // Nothing was noted, so the next look finds the same.
      LOG.warnf("looking for generations failed reason=%s", failure.getMessage());
      return false;
    }
  }

  private boolean measured(Part part) throws InterruptedException {
    Timer.Sample sample = Timer.start(meters);
    boolean whole = false;
    try {
      whole = part.sweep();
    } catch (RuntimeException | Error failure) {
      // Errors too, such as memory that does not suffice: nobody else would go on sweeping.
      LOG.warnf("sweep failed reason=%s", failure.getMessage());
    }
    sample.stop(whole ? done : failed);
    return whole;
  }

  private boolean sweep(Stage stage) throws InterruptedException {
    boolean whole = true;
    List<Long> due = in(stage);
    if (stage == Stage.BUILDING) {
      arrivals.swept(due);
    }
    for (long generationId : due) {
      whole &= sweep(generationId, stage);
    }
    return whole;
  }

  private List<Long> in(Stage stage) {
    return database.transaction(session -> GenerationTable.in(session, stage));
  }

  /** A generation that fails does not keep the others from being swept. */
  private boolean sweep(long generationId, Stage stage) throws InterruptedException {
    try {
      if (stage != Stage.RESTING) {
        generations.warm(generationId);
      }
      int refreshed = generations.findLoaded(generationId).map(this::refresh).orElse(0);
      if (stage != Stage.RESTING) {
        refreshed += sharedIndexes.repair(generationId);
      }
      int linked = linking.linkAll(generationId);
      if (refreshed + linked > 0) {
        LOG.infof("swept generation=%d refreshed=%d linked=%d", generationId, refreshed, linked);
      }
      linkedLate.increment(linked);
      generations.findLoaded(generationId).ifPresent(index -> index.text().dropRemoved());
      return true;
    } catch (RuntimeException | Error failure) {
      LOG.warnf("sweep failed generation=%d reason=%s", generationId, failure.getMessage());
      return false;
    }
  }

  private int refresh(GenerationIndex index) {
    return database.transaction(session -> IndexReconciliation.reconcile(session, index));
  }
}
