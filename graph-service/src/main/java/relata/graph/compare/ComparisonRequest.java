package relata.graph.compare;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import relata.graph.problem.ProblemException;

/**
 * The body of a comparison, by graph-service's own ids.
 *
 * @param k length of the rankings that are compared; 10 if left out
 * @param documentIds the sample; none if left out
 * @param queries none if left out
 */
record ComparisonRequest(
    Long current, Long candidate, Integer k, List<Long> documentIds, List<Query> queries) {
  private static final int DEFAULT_K = 10;
  private static final int MAX_GRADE = 1000;

  /**
   * A search text.
   *
   * @param expected the documents that a good answer has; none if left out
   */
  record Query(String text, List<Expected> expected) {}

  /**
   * A document that a good answer has.
   *
   * @param grade how much it is worth, from 1 up; 1 if left out
   */
  record Expected(Long documentId, Integer grade) {}

  /** A comparison that can be carried out. */
  record Checked(
      long current, long candidate, int k, Set<Long> documentIds, List<CheckedQuery> queries) {}

  /** A query with the grades of its expected documents. */
  record CheckedQuery(String text, Map<Long, Integer> grades) {}

  /**
   * @throws ProblemException naming the first field that is wrong
   */
  Checked checked(ComparisonConfig config) {
    if (current == null || candidate == null || current.equals(candidate)) {
      throw ProblemException.badField(
          current == null ? "current" : "candidate", "must name a generation of its own");
    }
    int depth = k == null ? DEFAULT_K : k;
    if (depth < 1 || depth > config.maxDepth()) {
      throw ProblemException.badField("k", "must be from 1 to " + config.maxDepth());
    }
    List<Long> sample = bounded("documentIds", documentIds, config.maxDocuments());
    List<CheckedQuery> checked =
        bounded("queries", queries, config.maxQueries()).stream()
            .map(query -> checked(query, config))
            .toList();
    return new Checked(current, candidate, depth, new LinkedHashSet<>(sample), checked);
  }

  private static CheckedQuery checked(Query query, ComparisonConfig config) {
    if (query.text() == null
        || query.text().isBlank()
        || query.text().length() > config.maxCharacters()) {
      throw ProblemException.badField(
          "queries.text",
          "must hold words, at most %d characters".formatted(config.maxCharacters()));
    }
    Map<Long, Integer> grades = new HashMap<>();
    for (Expected one : bounded("queries.expected", query.expected(), config.maxExpected())) {
      int grade = one.grade() == null ? 1 : one.grade();
      if (one.documentId() == null || grade < 1 || grade > MAX_GRADE) {
        throw ProblemException.badField(
            "queries.expected", "must be documentIds with grades from 1 to " + MAX_GRADE);
      }
      grades.merge(one.documentId(), grade, Math::max);
    }
    return new CheckedQuery(query.text(), Map.copyOf(grades));
  }

  private static <T> List<T> bounded(String field, List<T> values, int limit) {
    List<T> given = values == null ? List.of() : values;
    if (given.size() > limit || given.stream().anyMatch(Objects::isNull)) {
      throw ProblemException.badField(
          field, "must be a list of at most %d, without null".formatted(limit));
    }
    return given;
  }
}
