package relata.graph.search;

import java.util.List;
import relata.graph.text.ScorePart;
import relata.graph.text.TextChunk;

/**
 * The documents that were found, best first.
 *
 * @param generation whose documents they are
 * @param semanticAvailable whether the meaning of the words was known; null if the mode asks for
 *     words alone
 * @param notice a sentence for the user when it was not; else null
 * @param reranked whether a re-ranker had a look; null if nobody asked for that, or there was
 *     nothing to look at
 * @param next what brings the next page as {@code after}; null if this is the last
 */
record SearchResponse(
    long generation,
    SearchMode mode,
    Boolean semanticAvailable,
    String notice,
    Boolean reranked,
    List<Hit> hits,
    String next) {
  /**
   * A document with its best chunk.
   *
   * @param score what the hits are ordered by, unless another order was asked for: of hybrid the
   *     fused one, else that of the mode
   * @param semanticScore cosine of the best chunk; null if nobody asked for the meaning, or the
   *     chunk has none
   * @param lexicalScore BM25 of the best chunk; null if it has none of the words, or nobody asked
   *     for them
   * @param rerankScore what a re-ranker says of the best chunk; null if it was not asked about it
   * @param highlights pieces with the places that answer the query; null if nobody asked
   * @param explanation what the score was made from; null if nobody asked
   */
  record Hit(
      long documentId,
      double score,
      Double semanticScore,
      Double lexicalScore,
      Double rerankScore,
      TextChunk chunk,
      List<Highlight> highlights,
      Explanation explanation) {}

  /**
   * How a hit came to its place.
   *
   * @param semantic its place by meaning; null if it has none
   * @param lexical its place by words; null likewise
   * @param words how its best chunk came to its BM25; null if it has none, or the engine that keeps
   *     the words cannot tell
   */
  record Explanation(Place semantic, Place lexical, ScorePart words) {}

  /**
   * A place in one of the rankings that were fused.
   *
   * @param rank from 1 up
   * @param share what the place adds to the score of a hybrid search: weight / (20 + rank)
   */
  record Place(int rank, double weight, double share) {}

  SearchResponse {
    hits = List.copyOf(hits);
  }
}
