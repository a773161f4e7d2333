package relata.graph.generation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
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

/** The generations that this replica keeps in memory. Each is loaded once, when first asked for. */
@Singleton
public final class Generations {
  private static final Logger LOG = Logger.getLogger(Generations.class);
  private static final String COMMIT =
      "select commit_seq from graph.generation where generation_id = $1";

  private final Database database;
  private final GenerationConfig config;
  private final SharedStores stores;
  private final Snapshots snapshots;
  private final MeterRegistry meters;
  private final Map<Long, CompletableFuture<Optional<GenerationIndex>>> indexes =
      new ConcurrentHashMap<>();

  /** One thread for all of them: what is done here can wait, and must not take the processors. */
  private final ExecutorService upkeep =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("index-upkeep").factory());

  public Generations(
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

  @PreDestroy
  void close() {
    upkeep.shutdownNow();
  }

  /**
   * The generation's index, loaded if it is not in memory; whoever asks meanwhile waits.
   *
   * @return empty if there is no such generation
   * @throws relata.graph.database.DatabaseException if it cannot be loaded now
   */
  public Optional<GenerationIndex> find(long generationId) {
    CompletableFuture<Optional<GenerationIndex>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<GenerationIndex>> running = indexes.putIfAbsent(generationId, mine);
    if (running != null) {
      return await(running);
    }
    try {
      Optional<GenerationIndex> loaded = load(generationId);
      if (loaded.isEmpty()) {
        indexes.remove(generationId, mine);
      }
      mine.complete(loaded);
      return loaded;
    } catch (Throwable failed) {
      // Errors too, such as memory that does not suffice: whoever waits would wait for ever.
      indexes.remove(generationId, mine);
      mine.completeExceptionally(failed);
      throw failed;
    }
  }

  /** The generation's index if it is in memory or on its way there. */
  public Optional<GenerationIndex> findLoaded(long generationId) {
    CompletableFuture<Optional<GenerationIndex>> running = indexes.get(generationId);
    return running == null ? Optional.empty() : await(running);
  }

  private static Optional<GenerationIndex> await(
      CompletableFuture<Optional<GenerationIndex>> running) {
    try {
      return running.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  private Optional<GenerationIndex> load(long generationId) {
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

  /** Forgets the generation; whoever still uses its index may go on. */
  public void drop(long generationId) {
    if (indexes.remove(generationId) != null) {
      LOG.infof("generation dropped generation=%d", generationId);
    }
  }

  /**
   * The generations that there is something shared of.
   *
   * @throws IndexAwayException if that cannot be asked now
   */
  public Set<Long> sharedIds() {
    return stores.generations();
  }

  /** Erases what is shared of a generation that is gone. */
  public void eraseShared(long generationId) {
    stores.erase(generationId);
    LOG.infof("shared index erased generation=%d", generationId);
  }

  /** The generations that are in memory or on their way there. */
  public Set<Long> ids() {
    return Set.copyOf(indexes.keySet());
  }

  /** The indexes that are in memory now. */
  public List<GenerationIndex> loaded() {
    List<GenerationIndex> loaded = new ArrayList<>();
    for (CompletableFuture<Optional<GenerationIndex>> index : indexes.values()) {
      if (index.isDone() && !index.isCompletedExceptionally()) {
        index.join().ifPresent(loaded::add);
      }
    }
    return List.copyOf(loaded);
  }
}
