package relata.graph.lifecycle;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import relata.graph.broker.Broker;
import relata.graph.database.Database;
import relata.graph.database.DatabaseException;
import relata.graph.engine.Rehearsal;
import relata.graph.feed.Feeds;
import relata.graph.generation.GenerationTable;
import relata.graph.generation.Generations;
import relata.graph.generation.SnapshotKeeper;
import relata.graph.generation.Stage;
import relata.graph.index.Tuner;
import relata.graph.sweep.Sweep;

/**
 * The order of things: first the generations are loaded, then events are consumed, then the sweep
 * deals with what came in between. At the end what is in memory is saved once nothing changes it.
 */
@Singleton
final class GraphService {
  private static final Logger LOG = Logger.getLogger(GraphService.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Broker broker;
  private final Database database;
  private final Generations generations;
  private final Feeds feeds;
  private final Sweep sweep;
  private final Tuner tuner;
  private final SnapshotKeeper snapshots;
  private volatile boolean loaded;
  private volatile Thread starting;

  GraphService(
      Broker broker,
      Database database,
      Generations generations,
      Feeds feeds,
      Sweep sweep,
      Tuner tuner,
      SnapshotKeeper snapshots) {
    this.broker = broker;
    this.database = database;
    this.generations = generations;
    this.feeds = feeds;
    this.sweep = sweep;
    this.tuner = tuner;
    this.snapshots = snapshots;
  }

  /** Whether every generation that was active or being built at the start is in memory. */
  boolean isLoaded() {
    return loaded;
  }

  boolean isConnected() {
    return broker.connection().isPresent();
  }

  void start(@Observes StartupEvent event) {
    broker.onConnected(sweep::request);
    broker.start();
    // Beside the load, which takes about as long: the first search would wait for it otherwise.
    Thread.ofPlatform().daemon().name("rehearsal").start(Rehearsal::run);
    starting = Thread.ofVirtual().name("load").start(this::load);
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    starting.interrupt();
    tuner.stop();
    sweep.stop();
    feeds.stop();
    broker.close();
    snapshots.stop();
  }

  private void load() {
    boolean told = false;
    while (!loaded) {
      try {
        for (Stage stage : List.of(Stage.ACTIVE, Stage.BUILDING)) {
          database.transaction(session -> GenerationTable.in(session, stage)).forEach(this::load);
        }
        loaded = true;
      } catch (DatabaseException away) {
        if (!told) {
          LOG.warnf("loading waits for the database reason=%s", away.getMessage());
          told = true;
        }
        try {
          Thread.sleep(RETRY);
        } catch (InterruptedException stopped) {
          return;
        }
      }
    }
    feeds.start();
    sweep.start();
    tuner.start();
    snapshots.start();
  }

  /** One generation that cannot be understood does not keep the others from being served. */
  private void load(long generationId) {
    try {
      generations.warm(generationId);
    } catch (DatabaseException away) {
      throw away;
    } catch (RuntimeException broken) {
      LOG.errorf(
          "generation not loaded generation=%d reason=%s", generationId, broken.getMessage());
    }
  }
}
