package relata.graph.compare;

import java.util.List;
import java.util.Optional;
import relata.graph.compare.ComparisonRequest.CheckedQuery;
import relata.graph.compute.ComputeThreads;
import relata.graph.generation.GenerationIndex;
import relata.graph.index.QuerySample;
import relata.graph.search.QueryEmbedding;
import relata.graph.search.QueryVector;
import relata.graph.vector.VectorIndex;

/**
 * Asks two generations the same queries, each embedded under the recipe of either. A query that has
 * no vector under one of them is left out.
 */
final class QueryRun {
  private final GenerationIndex current;
  private final GenerationIndex candidate;
  private final QueryEmbedding embedding;
  private final QuerySample sample;
  private final ComputeThreads threads;
  private final ComparisonConfig config;
  private int leftOut;
  private int failuresInARow;
  private String reason = "";

  QueryRun(
      GenerationIndex current,
      GenerationIndex candidate,
      QueryEmbedding embedding,
      QuerySample sample,
      ComputeThreads threads,
      ComparisonConfig config) {
    this.current = current;
    this.candidate = candidate;
    this.embedding = embedding;
    this.sample = sample;
    this.threads = threads;
    this.config = config;
  }

  QueryComparison run(List<CheckedQuery> queries, int k, Deadline deadline) {
    QueryComparison comparison = new QueryComparison(k);
    for (CheckedQuery query : queries) {
      if (deadline.isOver()) {
        leaveOut("There was no time for them.");
      } else if (failuresInARow < config.maxFailures()) {
        ask(query, k, comparison);
      } else {
        leftOut++;
      }
    }
    return comparison;
  }

  /** A sentence about the queries that were left out, if there were any. */
  Optional<String> notice() {
    return leftOut == 0
        ? Optional.empty()
        : Optional.of("%d queries were left out. %s".formatted(leftOut, reason));
  }

  private void ask(CheckedQuery query, int k, QueryComparison comparison) {
    Optional<float[]> before = vector(current, query);
    Optional<float[]> after = before.isEmpty() ? before : vector(candidate, query);
    if (after.isPresent()) {
      failuresInARow = 0;
      sample.offerStored(current.generation().id(), query.text(), before.get(), k);
      sample.offerStored(candidate.generation().id(), query.text(), after.get(), k);
      comparison.add(
          ranking(current.vectors(), before.get(), k),
          ranking(candidate.vectors(), after.get(), k),
          query.grades());
    }
  }

  private Optional<float[]> vector(GenerationIndex index, CheckedQuery query) {
    return switch (embedding.of(index.generation(), query.text(), config.embedTimeout())) {
      case QueryVector.Found(float[] values) -> Optional.of(values);
      case QueryVector.Unavailable(String message) -> {
        failuresInARow++;
        yield leaveOut(message);
      }
      case QueryVector.Refused(String message) -> leaveOut(message);
    };
  }

  /** The first reason is told: those that follow are most often the same. */
  private Optional<float[]> leaveOut(String why) {
    if (leftOut == 0) {
      reason = why;
    }
    leftOut++;
    return Optional.empty();
  }

  private List<Long> ranking(VectorIndex index, float[] vector, int k) {
    return threads.run(
        () -> index.nearest(vector, k).stream().map(VectorIndex.Hit::documentId).toList());
  }
}
