package relata.local.eval;

import java.util.List;

/**
 * What one system answered.
 *
 * @param system its name in the report
 * @param byQuery the ids of the best documents, in the order of the queries
 */
record Rankings(String system, List<List<String>> byQuery) {
  Rankings {
    byQuery = byQuery.stream().map(List::copyOf).toList();
  }

  /** The value of each query. */
  double[] values(Measure measure, List<JudgedQuery> queries) {
    if (queries.size() != byQuery.size()) {
      throw new IllegalArgumentException(
          "%d queries, %d rankings".formatted(queries.size(), byQuery.size()));
    }
    double[] values = new double[queries.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = measure.of(byQuery.get(i), queries.get(i).grades());
    }
    return values;
  }
}
