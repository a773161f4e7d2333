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
    if (search.after() != null) {
      Ranking rest = Cursor.read(index.generation().id(), search, config.maxDepth());
      List<float[]> vectors = vectors(index, search, rest);
      return threads.run(index, () -> response(index, search, rest, vectors));
    }
    Meaning meaning =
        search.mode() == SearchMode.LEXICAL ? null : meanings.of(index, search.subject());
    if (!search.rerank()) {
      // At once: each time that a thread is waited for takes long where many do.
      return threads.run(index, () -> response(index, search, ranker.rank(index, search, meaning)));
    }
    Ranking ranking = threads.run(index, () -> ranker.rank(index, search, meaning));
    Ranking reranked = secondLook.reranked(index, search, ranking);
    return threads.run(index, () -> response(index, search, reranked));
  }

  private SearchResponse response(GenerationIndex index, Checked search, Ranking ranking) {
    Ranking diverse = secondLook.diverse(index, search, ranking);
    return response(index, search, diverse, diverse.vectors());
  }

  private SearchResponse response(
      GenerationIndex index, Checked search, Ranking ranking, List<float[]> vectors) {
    long generationId = index.generation().id();
    Hits hits = new Hits(index, search, ranker.words(search), config);
    Page page = Page.of(hits, ranking.hits(), vectors, search.limit());
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
