package relata.graph.search;

import java.util.List;

/**
 * All that a search found, best first.
 *
 * @param semanticAvailable whether there was a meaning to go by; null if nobody asked for one
 * @param notice a sentence for the user when there was none; else null
 * @param vectors what was found by if by meaning; none if that is not known
 */
record Ranking(
    Boolean semanticAvailable, String notice, List<float[]> vectors, List<Fusion.Fused> hits) {
  static final String BY_WORDS_ALONE = "These results are by words alone.";

  Ranking {
    vectors = List.copyOf(vectors);
    hits = List.copyOf(hits);
  }

  /** The same in another order. */
  Ranking with(List<Fusion.Fused> ordered) {
    return new Ranking(semanticAvailable, notice, vectors, ordered);
  }
}
