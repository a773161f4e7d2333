package relata.graph.search;

import jakarta.inject.Singleton;
import java.util.List;
import relata.graph.generation.GenerationIndex;
import relata.graph.search.SearchRequest.Checked;

/** Finds documents by words, by meaning, or by both. */
@Singleton
final class Search {
  private final Ranker ranker;
  private final SearchThreads threads;
  private final SearchConfig config;

  Search(Ranker ranker, SearchThreads threads, SearchConfig config) {
    this.ranker = ranker;
    this.threads = threads;
    this.config = config;
  }

  SearchResponse run(GenerationIndex index, Checked search) {
    Ranking ranking = ranker.rank(index, search);
    List<Fusion.Fused> page =
        ranking.hits().subList(0, Math.min(search.limit(), ranking.hits().size()));
    Hits hits = new Hits(index, search, ranker.words(search), config);
    return new SearchResponse(
        index.generation().id(),
        search.mode(),
        ranking.semanticAvailable(),
        ranking.notice(),
        threads.run(index, () -> hits.show(page, ranking.vectors())));
  }
}
