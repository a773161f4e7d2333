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
import relata.graph.text.TextChunk;
import relata.graph.text.TextQuery;
import relata.graph.vector.Effort;

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
      case LEXICAL ->
          answer(index, search, null, null, List.of(), byWords(index, search, search.limit()));
      case SEMANTIC -> semantic(index, search);
      case HYBRID -> hybrid(index, search);
    };
  }

  private SearchResponse semantic(GenerationIndex index, Checked search) {
    return switch (embedding.of(index.generation(), search.text())) {
      case QueryVector.Found(float[] vector) ->
          answer(index, search, true, null, byMeaning(index, vector, search.limit()), List.of());
      case QueryVector.Unavailable(String message) -> throw ProblemException.modelAway(message);
      case QueryVector.Refused(String message) -> throw ProblemException.refused(message);
    };
  }

  private SearchResponse hybrid(GenerationIndex index, Checked search) {
    int depth = Math.max(search.limit(), config.fusionDepth());
    return switch (embedding.of(index.generation(), search.text())) {
      case QueryVector.Found(float[] vector) ->
          answer(
              index,
              search,
              true,
              null,
              byMeaning(index, vector, depth),
              byWords(index, search, depth));
      case QueryVector.Unavailable(String message) -> byWordsAlone(index, search, message);
      case QueryVector.Refused(String message) -> byWordsAlone(index, search, message);
    };
  }

  private SearchResponse byWordsAlone(GenerationIndex index, Checked search, String reason) {
    List<Ranked> lexical = byWords(index, search, search.limit());
    return answer(index, search, false, reason + BY_WORDS_ALONE, List.of(), lexical);
  }

  private List<Ranked> byWords(GenerationIndex index, Checked search, int limit) {
    return threads.run(
        index,
        () ->
            index
                .text()
                .search(new TextQuery.Typed(search.text(), config.maxWords()), limit)
                .stream()
                .map(hit -> new Ranked(hit.documentId(), hit.ordinal(), hit.score()))
                .toList());
  }

  private List<Ranked> byMeaning(GenerationIndex index, float[] vector, int limit) {
    long generationId = index.generation().id();
    sample.offer(generationId, vector, limit);
    Effort effort = efforts.of(generationId, limit);
    return threads.run(
        index,
        () ->
            index.vectors().nearest(vector, limit, effort).stream()
                .map(hit -> new Ranked(hit.documentId(), hit.chunk(), hit.similarity()))
                .toList());
  }

  private SearchResponse answer(
      GenerationIndex index,
      Checked search,
      Boolean semanticAvailable,
      String notice,
      List<Ranked> semantic,
      List<Ranked> lexical) {
    List<Fusion.Fused> ranked = Fusion.fuse(semantic, lexical);
    ranked = ranked.subList(0, Math.min(search.limit(), ranked.size()));
    List<ChunkKey> keys = ranked.stream().map(Fusion.Fused::chunk).toList();
    Map<ChunkKey, TextChunk> chunks = threads.run(index, () -> index.text().chunks(keys));
    List<SearchResponse.Hit> hits = new ArrayList<>();
    for (Fusion.Fused hit : ranked) {
      TextChunk chunk = chunks.get(hit.chunk());
      // A document that was removed or changed between finding and showing it is left out.
      if (chunk != null) {
        hits.add(
            new SearchResponse.Hit(
                hit.chunk().documentId(),
                score(search.mode(), hit),
                hit.semanticScore(),
                hit.lexicalScore(),
                chunk));
      }
    }
    return new SearchResponse(
        index.generation().id(), search.mode(), semanticAvailable, notice, hits);
  }

  private static double score(SearchMode mode, Fusion.Fused hit) {
    return switch (mode) {
      case HYBRID -> hit.score();
      case SEMANTIC -> hit.semanticScore();
      case LEXICAL -> hit.lexicalScore();
    };
  }
}
