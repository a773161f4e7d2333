package relata.graph.edges;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.GenerationTable;
import relata.graph.generation.Generations;
import relata.graph.generation.IndexKind;
import relata.graph.generation.Revision;
import relata.graph.vector.ParallelMatching;

/**
 * Keeps nodes and edges of changed documents, one transaction a generation at a time over all
 * replicas. The same documents may be given again, in any order, in any batches: the graph ends the
 * same, and what is right already is not written again.
 */
@Singleton
public final class EdgeCommitter {
  private static final Logger LOG = Logger.getLogger(EdgeCommitter.class);

  private final Database database;
  private final Generations generations;
  private final EdgesConfig config;
  private final EdgesChangedPublisher publisher;
  private final Erasure erasure;
  private final MeterRegistry meters;
  private final CommitLane active;
  private final CommitLane background;
  private final CommitLane shared;
  private final Map<Long, LinkedDocuments> linked = new ConcurrentHashMap<>();

  public EdgeCommitter(
      Database database,
      Generations generations,
      EdgesConfig config,
      EdgesChangedPublisher publisher,
      MeterRegistry meters) {
    this.database = database;
    this.generations = generations;
    this.config = config;
    this.publisher = publisher;
    this.meters = meters;
    erasure = new Erasure(database, config.eraseRows());
    generations.onDrop(linked::remove);
    active = new CommitLane("edges-active-", config.concurrentCommits(), config.threads());
    background = new CommitLane("edges-background-", config.backgroundCommits(), config.threads());
    shared = new CommitLane("edges-shared-", config.sharedCommits(), config.threads());
  }

  @PreDestroy
  void close() {
    active.close();
    background.close();
    shared.close();
  }

  /**
   * Links documents in the revision whose features are stored, and removes those without features.
   *
   * @param documentIds no more than {@link EdgesConfig#maxDocuments}
   * @throws relata.graph.database.DatabaseException if the database is away or busy; nothing was
   *     written then, and the same call may be made again
   */
  public CommitOutcome commit(long generationId, Collection<Long> documentIds)
      throws InterruptedException {
    if (documentIds.size() > config.maxDocuments()) {
      throw new IllegalArgumentException(documentIds.size() + " documents in one commit");
    }
    Timer.Sample sample = Timer.start(meters);
    String outcome = "failed";
    try {
      CommitOutcome done = commitInStage(generationId, new HashSet<>(documentIds));
      outcome = done.tag();
      return done;
    } finally {
      sample.stop(meters.timer("relata.graph.commits", "outcome", outcome));
    }
  }

  private CommitOutcome commitInStage(long generationId, Set<Long> documentIds)
      throws InterruptedException {
    return switch (database.statement(session -> GenerationTable.stage(session, generationId))) {
      case ACTIVE -> commit(generationId, documentIds, active);
      case BUILDING -> commit(generationId, documentIds, background);
      case RESTING -> {
        Set<Long> removed = removed(generationId, documentIds);
        yield removed.isEmpty()
            ? new CommitOutcome.Unchanged()
            : commit(generationId, removed, background);
      }
      case GONE -> gone(generationId);
    };
  }

  private CommitOutcome commit(long generationId, Set<Long> documentIds, CommitLane unlessShared)
      throws InterruptedException {
    IndexKind kind =
        database.statement(session -> GenerationTable.indexKind(session, generationId));
    CommitLane lane =
        switch (kind) {
          case EMBEDDED -> unlessShared;
          case OPENSEARCH -> shared;
        };
    return lane.run(matching -> commit(generationId, documentIds, matching));
  }

  /** So that one is not loaded for what does not concern it. */
  private Set<Long> removed(long generationId, Set<Long> documentIds) {
    return database.statement(
        session -> new NodeTable(session, generationId).withoutFeatures(documentIds));
  }

  private CommitOutcome gone(long generationId) {
    eraseIfGone(generationId);
    return new CommitOutcome.Gone();
  }

  private CommitOutcome commit(
      long generationId, Set<Long> documentIds, ParallelMatching matching) {
    Optional<GenerationIndex> index = generations.find(generationId);
    if (index.isEmpty()) {
      return gone(generationId);
    }
    LinkedDocuments known =
        linked.compute(
            generationId,
            (id, before) ->
                before != null && before.index().equals(index.get())
                    ? before
                    : new LinkedDocuments(index.get()));
    CommitOutcome outcome = known.inTurn(() -> commit(known, documentIds, matching));
    return switch (outcome) {
      case CommitOutcome.Committed committed -> {
        meters.counter("relata.graph.documents").increment(committed.documents());
        LOG.debugf(
            "edges committed generation=%d commit=%d documents=%d rows=%d",
            generationId, committed.commitSeq(), committed.documents(), committed.neighborRows());
        yield committed;
      }
      case CommitOutcome.Unchanged unchanged -> unchanged;
      case CommitOutcome.Gone gone -> gone(generationId);
    };
  }

  private CommitOutcome commit(
      LinkedDocuments known, Set<Long> documentIds, ParallelMatching matching) {
    AtomicReference<Commit> commit = new AtomicReference<>();
    CommitOutcome outcome =
        database.transaction(
            session -> {
              commit.set(new Commit(session, known, matching));
              return commit.get().run(documentIds);
            });
    if (outcome instanceof CommitOutcome.Committed committed) {
      Map<Long, Revision> present = commit.get().present();
      Set<Long> absent = commit.get().absent();
      known.committed(committed.commitSeq(), present, absent, commit.get().changes());
      Set<Long> changed = new HashSet<>(present.keySet());
      changed.addAll(absent);
      publisher.publish(known.index().generation(), committed.commitSeq(), changed);
    }
    return outcome;
  }

  /**
   * Erases everything of a generation that is gone, in the database and in memory.
   *
   * @return whether it is gone
   */
  public boolean eraseIfGone(long generationId) {
    boolean gone = erasure.eraseIfGone(generationId);
    if (gone) {
      forget(generationId);
    }
    return gone;
  }

  /** Frees the memory of a generation, which is loaded again when somebody asks for it. */
  public void forget(long generationId) {
    generations.drop(generationId);
  }

  /** Forgets commits that no replica should need any more. */
  public void forgetOldCommits() {
    database.transaction(session -> CommitLog.forget(session, config.logRetention()));
  }
}
