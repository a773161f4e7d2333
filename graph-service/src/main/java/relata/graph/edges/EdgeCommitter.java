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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.Generations;
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
  private final Semaphore permits;
  private final ExecutorService threads;
  private final ParallelMatching matching;
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
    permits = new Semaphore(config.concurrentCommits(), true);
    int processors = Runtime.getRuntime().availableProcessors();
    threads =
        Executors.newFixedThreadPool(
            config.threads() > 0 ? config.threads() : processors,
            Thread.ofPlatform().daemon().name("edges-", 0).factory());
    matching = new ParallelMatching(threads);
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }

  /**
   * Links documents in the version whose features are stored, and removes those without features.
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
    permits.acquire();
    try {
      CommitOutcome done = commitInTurn(generationId, new HashSet<>(documentIds));
      outcome = done.tag();
      return done;
    } finally {
      permits.release();
      sample.stop(meters.timer("relata.graph.commits", "outcome", outcome));
    }
  }

  private CommitOutcome commitInTurn(long generationId, Set<Long> documentIds) {
    Optional<GenerationIndex> index = generations.find(generationId);
    if (index.isEmpty()) {
      eraseIfGone(generationId);
      return new CommitOutcome.Gone();
    }
    LinkedDocuments known =
        linked.compute(
            generationId,
            (id, before) ->
                before != null && before.index().equals(index.get())
                    ? before
                    : new LinkedDocuments(index.get()));
    CommitOutcome outcome = known.inTurn(() -> commit(known, documentIds));
    switch (outcome) {
      case CommitOutcome.Committed committed -> {
        meters.counter("relata.graph.documents").increment(committed.documents());
        LOG.debugf(
            "edges committed generation=%d commit=%d documents=%d rows=%d",
            generationId, committed.commitSeq(), committed.documents(), committed.neighborRows());
      }
      case CommitOutcome.Unchanged unchanged -> LOG.debugf("no change generation=%d", generationId);
      case CommitOutcome.Gone gone -> eraseIfGone(generationId);
    }
    return outcome;
  }

  private CommitOutcome commit(LinkedDocuments known, Set<Long> documentIds) {
    AtomicReference<Commit> commit = new AtomicReference<>();
    CommitOutcome outcome =
        database.transaction(
            session -> {
              commit.set(new Commit(session, known, matching));
              return commit.get().run(documentIds);
            });
    if (outcome instanceof CommitOutcome.Committed committed) {
      Map<Long, Long> present = commit.get().present();
      Set<Long> absent = commit.get().absent();
      known.committed(committed.commitSeq(), present, absent);
      Set<Long> changed = new HashSet<>(present.keySet());
      changed.addAll(absent);
      publisher.publish(known.index().generation(), committed.commitSeq(), changed);
    }
    return outcome;
  }

  /**
   * Erases everything of a generation that was deleted, in the database and in memory.
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
    linked.remove(generationId);
    generations.drop(generationId);
  }

  /** Forgets commits that no replica should need any more. */
  public void forgetOldCommits() {
    database.transaction(session -> CommitLog.forget(session, config.logRetention()));
  }
}
