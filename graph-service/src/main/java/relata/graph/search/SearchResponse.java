package relata.graph.search;

import java.util.List;
import relata.graph.text.TextChunk;

/**
 * The documents that were found, best first.
 *
 * @param generation whose documents they are
 * @param semanticAvailable whether the meaning of the words was known; null if the mode asks for
 *     words alone
 * @param notice a sentence for the user when it was not; else null
 */
record SearchResponse(
    long generation, SearchMode mode, Boolean semanticAvailable, String notice, List<Hit> hits) {
  /**
   * A document with its best chunk.
   *
   * @param score what the hits are ordered by: of hybrid the fused one, else that of the mode
   * @param semanticScore cosine of the best chunk; null if it was not found by meaning
   * @param lexicalScore BM25 of the best chunk; null if it was not found by words
   */
  record Hit(
      long documentId, double score, Double semanticScore, Double lexicalScore, TextChunk chunk) {}

  SearchResponse {
    hits = List.copyOf(hits);
  }
}
