package relata.graph.search;

import jakarta.inject.Singleton;
import java.util.List;
import relata.graph.generation.GenerationIndex;
import relata.graph.search.SearchRequest.Checked;

/** Finds documents by words, by meaning, or by both. */
@Singleton
final class Search {
  private final Ranker ranker;
  private final SecondLook secondLook;
  private final Meanings meanings;
  private final SearchThreads threads;
  private final SearchConfig config;

  Search(
      Ranker ranker,
      SecondLook secondLook,
      Meanings meanings,
      SearchThreads threads,
      SearchConfig config) {
    this.ranker = ranker;
    this.secondLook = secondLook;
    this.meanings = meanings;
    this.threads = threads;
    this.config = config;
  }

  SearchResponse run(GenerationIndex index, Checked search) {
    secondLook.require(search);
    long generationId = index.generation().id();
    Ranking ranking =
        search.after() == null
            ? secondLook.arrange(index, search, ranker.rank(index, search))
            : Cursor.read(generationId, search, config.maxDepth());
    List<float[]> vectors = vectors(index, search, ranking);
    Hits hits = new Hits(index, search, ranker.words(search), config);
    Page page = threads.run(index, () -> Page.of(hits, ranking.hits(), vectors, search.limit()));
    return new SearchResponse(
        generationId,
        search.mode(),
        ranking.semanticAvailable(),
        ranking.notice(),
        ranking.reranked(),
        page.hits(),
        page.rest().isEmpty() ? null : Cursor.write(generationId, search, ranking, page.rest()));
  }

  /** What the page was found by; asked for again only if a score has to be made up for. */
  private List<float[]> vectors(GenerationIndex index, Checked search, Ranking ranking) {
    boolean isMissing =
        ranking.vectors().isEmpty()
            && search.mode() == SearchMode.HYBRID
            && Boolean.TRUE.equals(ranking.semanticAvailable())
            && ranking.hits().stream()
                .limit(search.limit())
                .anyMatch(hit -> hit.semanticScore() == null);
    return isMissing && meanings.of(index, search.subject()) instanceof Meaning.Known known
        ? known.vectors()
        : ranking.vectors();
  }
}
