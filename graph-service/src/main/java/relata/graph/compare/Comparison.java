package relata.graph.compare;

import java.util.List;

/**
 * How two generations of a collection compare. Means are null where nothing was counted.
 *
 * @param documents the most similar documents of the sampled ones
 * @param queries what the queries find, by meaning
 * @param judged what it is worth, over the queries for which documents are expected
 * @param notices sentences about what was left out
 */
record Comparison(
    Overlap documents, Overlap queries, Judged judged, Edges edges, List<String> notices) {
  Comparison {
    notices = List.copyOf(notices);
  }

  /**
   * Overlap@k.
   *
   * @param overlap mean of {@link Measures#overlap} over what was counted, from 0 to 1
   */
  record Overlap(int count, Double overlap) {
    static Overlap of(Mean mean) {
      return new Overlap(mean.count(), mean.value());
    }
  }

  /** Means of {@link Measures#recall} and {@link Measures#ndcg}. */
  record Judged(int count, Pair recall, Pair ndcg) {}

  /** A mean under each of the generations. */
  record Pair(Double current, Double candidate) {}

  /**
   * The stored edges.
   *
   * @param current how many the one has
   * @param candidate how many the other has
   * @param overlap |A ∩ B| / |A ∪ B|, 1 when both are empty
   */
  record Edges(long current, long candidate, double overlap) {}
}
