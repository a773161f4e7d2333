package relata.graph.generation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.database.DatabaseException;
import relata.graph.database.Session;
import relata.graph.engine.SketchIndex;
import relata.graph.snapshot.Snapshot;
import relata.graph.snapshot.SnapshotOrigin;
import relata.graph.snapshot.Snapshots;
import relata.graph.text.LuceneIndex;

/**
 * Brings generations into memory: from a snapshot where there is one that can be trusted, else from
 * the database.
 */
final class GenerationLoader implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(GenerationLoader.class);
  private static final String COMMIT =
      "select commit_seq from graph.generation where generation_id = $1";

  private final Database database;
  private final GenerationConfig config;
  private final SharedStores stores;
  private final Snapshots snapshots;
  private final MeterRegistry meters;

  /** One thread for all of them: what is done here can wait, and must not take the processors. */
  private final ExecutorService upkeep =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("index-upkeep").factory());

  GenerationLoader(
      Database database,
      GenerationConfig config,
      SharedStores stores,
      Snapshots snapshots,
      MeterRegistry meters) {
    this.database = database;
    this.config = config;
    this.stores = stores;
    this.snapshots = snapshots;
    this.meters = meters;
  }

  @Override
  public void close() {
    upkeep.shutdownNow();
  }

  /** About how much memory the generation takes; nothing if it is shared, or not there. */
  long expectedBytes(long generationId) {
    return database.statement(session -> FeatureReader.expectedBytes(session, generationId));
  }

  /**
   * @return empty if there is no such generation
   * @throws DatabaseException if it cannot be loaded now
   */
  Optional<GenerationIndex> load(long generationId) {
    Timer.Sample sample = Timer.start(meters);
    Optional<SavedGeneration> saved = openSaved(generationId);
    return database.transaction(session -> load(session, generationId, saved, sample));
  }

  /** A snapshot is never a reason to fail. */
  private Optional<SavedGeneration> openSaved(long generationId) {
    if (!snapshots.isEnabled()) {
      return Optional.empty();
    }
    try {
      Optional<Snapshot> snapshot =
          database
              .transaction(session -> SnapshotOrigin.read(session, generationId))
              .flatMap(snapshots::find);
      Optional<Generation> generation =
          snapshot.isEmpty()
              ? Optional.empty()
              : database.transaction(session -> GenerationTable.find(session, generationId));
      return generation.isEmpty()
          ? Optional.empty()
          : Optional.of(
              SavedGeneration.open(
                  snapshot.get(), generation.get().language(), config.vectorFolder(), upkeep));
    } catch (DatabaseException notToBeAsked) {
      LOG.warnf("snapshots not used reason=%s", notToBeAsked.getMessage());
    } catch (IOException | RuntimeException broken) {
      snapshots.discard(generationId, broken.toString());
    }
    return Optional.empty();
  }

  private Optional<GenerationIndex> load(
      Session session, long generationId, Optional<SavedGeneration> saved, Timer.Sample sample) {
    Optional<Generation> generation = GenerationTable.find(session, generationId);
    if (generation.isEmpty()) {
      return Optional.empty();
    }
    if (generation.get().index() == IndexKind.OPENSEARCH) {
      return Optional.of(shared(session, generation.get()));
    }
    // Before the features: they are then at least as new as this commit.
    long commit = lastCommit(session, generationId);
    Optional<GenerationIndex> caughtUp =
        saved.flatMap(from -> catchUp(session, generation.get(), from, commit));
    GenerationIndex index = caughtUp.orElseGet(() -> loadAll(session, generation.get(), commit));
    String from = caughtUp.isPresent() ? "snapshot" : "database";
    long nanos = sample.stop(meters.timer("relata.index.loads", "from", from));
    LOG.infof(
        "generation loaded generation=%d documents=%d chunks=%d from=%s changed=%d milliseconds=%d",
        generationId,
        index.documentIds().size(),
        index.vectors().chunkCount(),
        from,
        index.unsaved().documents(),
        TimeUnit.NANOSECONDS.toMillis(nanos));
    return Optional.of(index);
  }

  private Optional<GenerationIndex> catchUp(
      Session session, Generation generation, SavedGeneration saved, long commit) {
    try {
      GenerationIndex index = new GenerationIndex(generation, config, saved);
      if (index.catchUp(session, commit)) {
        return Optional.of(index);
      }
      snapshots.discard(generation.id(), "it has not as many chunks as are stored");
    } catch (DatabaseException away) {
      throw away;
    } catch (RuntimeException broken) {
      snapshots.discard(generation.id(), broken.toString());
    }
    return Optional.empty();
  }

  private GenerationIndex loadAll(Session session, Generation generation, long commit) {
    GenerationIndex index =
        new GenerationIndex(
            generation,
            config,
            new SketchIndex(config.vectorFolder(), upkeep),
            new LuceneIndex(generation.language()));
    index.load(session, commit);
    return index;
  }

  /** Nothing is loaded, so it is there even while its store is not. */
  private GenerationIndex shared(Session session, Generation generation) {
    SharedIndex index = new SharedIndex(generation, config, stores.open(generation));
    try {
      index.prepare(session);
    } catch (IndexAwayException away) {
      LOG.warnf("shared index is away generation=%d reason=%s", generation.id(), away.getMessage());
    }
    return index;
  }

  private static long lastCommit(Session session, long generationId) {
    RowSet<Row> rows = session.query(COMMIT, generationId);
    return rows.size() == 0 ? 0 : rows.iterator().next().getLong("commit_seq");
  }
}
