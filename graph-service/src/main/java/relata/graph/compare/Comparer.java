package relata.graph.compare;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import relata.graph.compare.Comparison.Edges;
import relata.graph.compare.Comparison.Overlap;
import relata.graph.compare.ComparisonRequest.Checked;
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
  private final ScanThread thread;
  private final ComparisonConfig config;

  Comparer(
      Database database,
      Generations generations,
      QueryEmbedding embedding,
      QuerySample sample,
      ScanThread thread,
      ComparisonConfig config) {
    this.database = database;
    this.generations = generations;
    this.embedding = embedding;
    this.sample = sample;
    this.thread = thread;
    this.config = config;
  }

  /**
   * @throws ProblemException if a generation is unknown, or too many comparisons are running
   */
  Comparison run(Checked request) {
    return thread.inTurn(() -> compare(request));
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
    int left = thread.scan(() -> documents.add(request.documentIds(), half));
    if (left > 0) {
      notices.add("%d documents were left out. There was no time for them.".formatted(left));
    }
    QueryRun run = new QueryRun(current, candidate, embedding, sample, thread, config);
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
