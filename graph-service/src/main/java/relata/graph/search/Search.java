package relata.graph.search;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import relata.graph.generation.GenerationIndex;
import relata.graph.index.Efforts;
import relata.graph.index.QuerySample;
import relata.graph.problem.ProblemException;
import relata.graph.search.SearchRequest.Checked;
import relata.graph.text.ChunkKey;
import relata.graph.text.ChunkSet;
import relata.graph.text.TextChunk;
import relata.graph.text.TextQuery;
import relata.graph.vector.VectorIndex;

/** Finds documents by words, by meaning, or by both. */
@Singleton
final class Search {
  private static final String BY_WORDS_ALONE = " These results are by words alone.";

  private final QueryEmbedding embedding;
  private final SearchThreads threads;
  private final Efforts efforts;
  private final QuerySample sample;
  private final SearchConfig config;

  Search(
      QueryEmbedding embedding,
      SearchThreads threads,
      Efforts efforts,
      QuerySample sample,
      SearchConfig config) {
    this.embedding = embedding;
    this.threads = threads;
    this.efforts = efforts;
    this.sample = sample;
    this.config = config;
  }

  SearchResponse run(GenerationIndex index, Checked search) {
    return switch (search.mode()) {
      case LEXICAL -> {
        List<Ranked> lexical = byWords(index, search, search.limit());
        yield answer(index, search, null, null, new Rankings(null, List.of(), lexical));
      }
      case SEMANTIC -> semantic(index, search);
      case HYBRID -> hybrid(index, search);
    };
  }

  /**
   * What is fused.
   *
   * @param vector that of the search text; null if it is not known
   */
  private record Rankings(float[] vector, List<Ranked> semantic, List<Ranked> lexical) {}

  private SearchResponse semantic(GenerationIndex index, Checked search) {
    return switch (embedding.of(index.generation(), search.text())) {
      case QueryVector.Found(float[] vector) -> {
        List<Ranked> semantic = byMeaning(index, search, vector, search.limit());
        yield answer(index, search, true, null, new Rankings(vector, semantic, List.of()));
      }
      case QueryVector.Unavailable(String message) -> throw ProblemException.modelAway(message);
      case QueryVector.Refused(String message) -> throw ProblemException.refused(message);
    };
  }

  private SearchResponse hybrid(GenerationIndex index, Checked search) {
    int depth = Math.max(search.limit(), config.fusionDepth());
    return switch (embedding.of(index.generation(), search.text())) {
      case QueryVector.Found(float[] vector) -> {
        List<Ranked> semantic = byMeaning(index, search, vector, depth);
        List<Ranked> lexical = byWords(index, search, depth);
        yield answer(index, search, true, null, new Rankings(vector, semantic, lexical));
      }
      case QueryVector.Unavailable(String message) -> byWordsAlone(index, search, message);
      case QueryVector.Refused(String message) -> byWordsAlone(index, search, message);
    };
  }

  private SearchResponse byWordsAlone(GenerationIndex index, Checked search, String reason) {
    List<Ranked> lexical = byWords(index, search, search.limit());
    Rankings rankings = new Rankings(null, List.of(), lexical);
    return answer(index, search, false, reason + BY_WORDS_ALONE, rankings);
  }

  private TextQuery words(Checked search) {
    return new TextQuery.Typed(search.text(), config.maxWords(), search.filter());
  }

  private List<Ranked> byWords(GenerationIndex index, Checked search, int limit) {
    return threads.run(
        index,
        () ->
            index.text().search(words(search), limit).stream()
                .map(hit -> new Ranked(hit.documentId(), hit.ordinal(), hit.score()))
                .toList());
  }

  private List<Ranked> byMeaning(GenerationIndex index, Checked search, float[] vector, int limit) {
    return threads.run(
        index,
        () ->
            nearest(index, search, vector, limit).stream()
                .map(hit -> new Ranked(hit.documentId(), hit.chunk(), hit.similarity()))
                .toList());
  }

  /** Efforts are tuned on searches without a filter: with one all it takes is done. */
  private List<VectorIndex.Hit> nearest(
      GenerationIndex index, Checked search, float[] vector, int limit) {
    if (!search.filter().isNone()) {
      ChunkSet passing = index.text().passing(search.filter());
      return index.vectors().nearest(vector, limit, passing::contains);
    }
    long generationId = index.generation().id();
    sample.offer(generationId, vector, limit);
    return index.vectors().nearest(vector, limit, efforts.of(generationId, limit));
  }

  private SearchResponse answer(
      GenerationIndex index,
      Checked search,
      Boolean semanticAvailable,
      String notice,
      Rankings rankings) {
    List<Fusion.Fused> fused =
        Fusion.fuse(rankings.semantic(), rankings.lexical(), search.weights());
    List<Fusion.Fused> ranked = fused.subList(0, Math.min(search.limit(), fused.size()));
    List<SearchResponse.Hit> hits =
        threads.run(index, () -> hits(index, search, rankings.vector(), ranked));
    return new SearchResponse(
        index.generation().id(), search.mode(), semanticAvailable, notice, hits);
  }

  private List<SearchResponse.Hit> hits(
      GenerationIndex index, Checked search, float[] vector, List<Fusion.Fused> ranked) {
    List<ChunkKey> keys = ranked.stream().map(Fusion.Fused::chunk).toList();
    Map<ChunkKey, TextChunk> chunks = index.text().chunks(keys);
    MissingScores missing = new MissingScores(index, search.mode(), vector, words(search));
    List<SearchResponse.Hit> hits = new ArrayList<>();
    for (Fusion.Fused hit : missing.fill(ranked)) {
      TextChunk chunk = chunks.get(hit.chunk());
      // A document that was removed or changed between finding and showing it is left out.
      if (chunk != null) {
        hits.add(
            new SearchResponse.Hit(
                hit.chunk().documentId(),
                score(search.mode(), hit),
                hit.semanticScore(),
                hit.lexicalScore(),
                chunk,
                search.explain() ? explanation(index, search, hit) : null));
      }
    }
    return hits;
  }

  private SearchResponse.Explanation explanation(
      GenerationIndex index, Checked search, Fusion.Fused hit) {
    return new SearchResponse.Explanation(
        place(hit.semanticRank(), search.weights().semantic()),
        place(hit.lexicalRank(), search.weights().lexical()),
        hit.lexicalScore() == null
            ? null
            : index.text().explain(words(search), hit.chunk()).orElse(null));
  }

  private static SearchResponse.Place place(Integer rank, double weight) {
    return rank == null ? null : new SearchResponse.Place(rank, weight, Fusion.share(weight, rank));
  }

  private static double score(SearchMode mode, Fusion.Fused hit) {
    return switch (mode) {
      case HYBRID -> hit.score();
      case SEMANTIC -> hit.semanticScore();
      case LEXICAL -> hit.lexicalScore();
    };
  }
}
