package relata.graph.search;

import java.util.List;

/**
 * All that a search found, best first.
 *
 * @param semanticAvailable whether there was a meaning to go by; null if nobody asked for one
 * @param notice a sentence for the user when there was none; else null
 * @param reranked whether a re-ranker had a look; null if nobody asked for that, or there was
 *     nothing to look at
 * @param vectors what was found by if by meaning; none if that is not known
 */
record Ranking(
    Boolean semanticAvailable,
    String notice,
    Boolean reranked,
    List<float[]> vectors,
    List<Fusion.Fused> hits) {
  static final String BY_WORDS_ALONE = "These results are by words alone.";
  private static final String NOT_RERANKED =
      "The re-ranker did not answer, so the results are in their first order.";

  Ranking {
    vectors = List.copyOf(vectors);
    hits = List.copyOf(hits);
  }

  /** The same in another order. */
  Ranking with(List<Fusion.Fused> ordered) {
    return new Ranking(semanticAvailable, notice, reranked, vectors, ordered);
  }

  /** The same in the order of a re-ranker; or as it was, and said so. */
  Ranking reranked(boolean isReranked, List<Fusion.Fused> ordered) {
    String told = isReranked ? notice : notice == null ? NOT_RERANKED : notice + " " + NOT_RERANKED;
    return new Ranking(semanticAvailable, told, isReranked, vectors, ordered);
  }
}
