package relata.api.search;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.document.DocumentNames.Name;
import relata.api.graph.GraphService;

/**
 * What was found, best first.
 *
 * @param semanticAvailable false if the hits were found by words alone because the model is away;
 *     null if the mode is lexical, which asks for words alone
 * @param notice one sentence for the user; null if there is nothing to say
 * @param reranked false if the hits are in their first order because the re-ranker did not answer;
 *     null if nobody asked for it, or there was nothing to look at
 * @param hits fewer than were asked for if some were deleted meanwhile
 * @param next what brings the next page as {@code after}; null if this is the last
 */
@Schema(name = "SearchResult")
record SearchView(
    long generation,
    @Schema(enumeration = {"hybrid", "semantic", "lexical"}) String mode,
    Boolean semanticAvailable,
    String notice,
    Boolean reranked,
    List<Hit> hits,
    String next) {
  SearchView {
    hits = List.copyOf(hits);
  }

  /**
   * A document that was found.
   *
   * @param score what the hits are ordered by, unless diversity or a re-ranker was asked for
   * @param semanticScore cosine of the text and the chunk; null if the meaning was not asked for or
   *     not known
   * @param lexicalScore BM25; null if the chunk has none of the words, or they were not asked for
   * @param rerankScore what the re-ranker says of the chunk; null if it was not asked about it
   * @param chunk its best chunk
   * @param highlights pieces that show what answers the question; null if nobody asked
   * @param explanation what the score was made from; null if nobody asked
   */
  @Schema(name = "SearchHit")
  record Hit(
      String id,
      String title,
      double score,
      Double semanticScore,
      Double lexicalScore,
      Double rerankScore,
      GraphService.Chunk chunk,
      List<GraphService.Highlight> highlights,
      GraphService.Explanation explanation) {}

  /** Puts names to ids; hits without a name are left out, for they were deleted meanwhile. */
  static SearchView of(long generation, GraphService.Found found, Map<Long, Name> names) {
    List<Hit> hits =
        found.hits().stream()
            .filter(hit -> names.containsKey(hit.documentId()))
            .map(hit -> hit(hit, names.get(hit.documentId())))
            .toList();
    return new SearchView(
        generation,
        found.mode(),
        found.semanticAvailable(),
        found.notice(),
        found.reranked(),
        hits,
        found.next());
  }

  private static Hit hit(GraphService.Hit hit, Name name) {
    return new Hit(
        name.id(),
        name.title(),
        hit.score(),
        hit.semanticScore(),
        hit.lexicalScore(),
        hit.rerankScore(),
        hit.chunk(),
        hit.highlights(),
        hit.explanation());
  }
}
