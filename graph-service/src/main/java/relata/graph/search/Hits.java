package relata.graph.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.graph.generation.GenerationIndex;
import relata.graph.search.SearchRequest.Checked;
import relata.graph.text.ChunkKey;
import relata.graph.text.TextChunk;
import relata.graph.text.TextQuery;

/** Shows what was found, as one search asked for it. */
final class Hits {
  private final GenerationIndex index;
  private final Checked search;
  private final TextQuery words;
  private final SearchConfig config;

  Hits(GenerationIndex index, Checked search, TextQuery words, SearchConfig config) {
    this.index = index;
    this.search = search;
    this.words = words;
    this.config = config;
  }

  /**
   * @param vectors what was found by; none if that is not known
   */
  List<SearchResponse.Hit> show(List<Fusion.Fused> ranked, List<float[]> vectors) {
    List<ChunkKey> keys = ranked.stream().map(Fusion.Fused::chunk).toList();
    Map<ChunkKey, TextChunk> chunks = index.text().chunks(keys);
    MissingScores missing = new MissingScores(index, search.mode(), vectors, words);
    Optional<Highlighter> highlighter = highlighter();
    List<SearchResponse.Hit> hits = new ArrayList<>();
    for (Fusion.Fused hit : missing.fill(ranked)) {
      TextChunk chunk = chunks.get(hit.chunk());
      // A document that was removed or changed between finding and showing it is left out.
      if (chunk != null) {
        hits.add(
            new SearchResponse.Hit(
                hit.chunk().documentId(),
                search.mode().score(hit),
                hit.semanticScore(),
                hit.lexicalScore(),
                hit.rerankScore(),
                chunk,
                highlighter.map(found -> found.of(chunk)).orElse(null),
                search.explain() ? explanation(hit) : null));
      }
    }
    return hits;
  }

  private Optional<Highlighter> highlighter() {
    return search.highlights() == 0
        ? Optional.empty()
        : Optional.of(new Highlighter(index.text().words(words), search.highlights(), config));
  }

  private SearchResponse.Explanation explanation(Fusion.Fused hit) {
    return new SearchResponse.Explanation(
        place(hit.semanticRank(), search.weights().semantic()),
        place(hit.lexicalRank(), search.weights().lexical()),
        hit.lexicalScore() == null ? null : index.text().explain(words, hit.chunk()).orElse(null));
  }

  private static SearchResponse.Place place(Integer rank, double weight) {
    return rank == null ? null : new SearchResponse.Place(rank, weight, Fusion.share(weight, rank));
  }
}
