package relata.graph.compare;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import relata.graph.compare.Comparison.Edges;
import relata.graph.compare.Comparison.Overlap;
import relata.graph.compare.ComparisonRequest.Checked;
import relata.graph.compute.ComputeThreads;
import relata.graph.database.Database;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.Generations;
import relata.graph.index.QuerySample;
import relata.graph.problem.ProblemException;
import relata.graph.search.QueryEmbedding;

/** Compares two generations of a collection, within a time limit. */
@Singleton
final class Comparer {
  private final Database database;
  private final Generations generations;
  private final QueryEmbedding embedding;
  private final QuerySample sample;
  private final ComparisonConfig config;
  private final Semaphore turns;

  /** One for each comparison alone: the rest of the processors is for users. */
  private final ComputeThreads threads;

  Comparer(
      Database database,
      Generations generations,
      QueryEmbedding embedding,
      QuerySample sample,
      ComparisonConfig config) {
    this.database = database;
    this.generations = generations;
    this.embedding = embedding;
    this.sample = sample;
    this.config = config;
    this.turns = new Semaphore(config.concurrent(), true);
    this.threads =
        new ComputeThreads(
            "compare", config.concurrent(), config.concurrent(), "Too much is being compared.");
  }

  @PreDestroy
  void close() {
    threads.close();
  }

  /**
   * @throws ProblemException if a generation is unknown, or too many comparisons are running
   */
  Comparison run(Checked request) {
    try {
      if (!turns.tryAcquire(config.waiting().toMillis(), TimeUnit.MILLISECONDS)) {
        throw ProblemException.unavailable("Other comparisons are running. Try again later.");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw ProblemException.unavailable("The service is stopping.");
    }
    try {
      return compare(request);
    } finally {
      turns.release();
    }
  }

  /** Documents have half of the time, so that the queries have the other half at least. */
  private Comparison compare(Checked request) {
    GenerationIndex current = index(request.current());
    GenerationIndex candidate = index(request.candidate());
    if (current.generation().collectionId() != candidate.generation().collectionId()) {
      throw ProblemException.badField("candidate", "must be of the same collection as current");
    }
    Deadline half = Deadline.after(config.timeLimit().dividedBy(2));
    Deadline end = Deadline.after(config.timeLimit());
    List<String> notices = new ArrayList<>();
    DocumentComparison documents =
        new DocumentComparison(current.vectors(), candidate.vectors(), request.k());
    int left = threads.run(() -> documents.add(request.documentIds(), half));
    if (left > 0) {
      notices.add("%d documents were left out. There was no time for them.".formatted(left));
    }
    QueryRun run = new QueryRun(current, candidate, embedding, sample, threads, config);
    QueryComparison queries = run.run(request.queries(), request.k(), end);
    run.notice().ifPresent(notices::add);
    Edges edges =
        database.transaction(
            session -> StoredEdges.compare(session, request.current(), request.candidate()));
    return new Comparison(
        Overlap.of(documents.overlap()),
        Overlap.of(queries.overlap()),
        queries.judged(),
        edges,
        notices);
  }

  private GenerationIndex index(long generationId) {
    return generations
        .find(generationId)
        .orElseThrow(() -> ProblemException.unknownGeneration(generationId));
  }
}
