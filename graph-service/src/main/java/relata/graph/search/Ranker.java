package relata.graph.search;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import relata.graph.generation.GenerationIndex;
import relata.graph.index.Efforts;
import relata.graph.index.QuerySample;
import relata.graph.problem.ProblemException;
import relata.graph.search.SearchRequest.Checked;
import relata.graph.text.ChunkSet;
import relata.graph.text.TextQuery;
import relata.graph.vector.VectorIndex;
import relata.graph.vector.VectorIndex.Hit;

/** Ranks documents by words, by meaning, or by both. */
@Singleton
final class Ranker {
  private final Efforts efforts;
  private final QuerySample sample;
  private final SearchConfig config;

  Ranker(Efforts efforts, QuerySample sample, SearchConfig config) {
    this.efforts = efforts;
    this.sample = sample;
    this.config = config;
  }

  /**
   * @param meaning what is gone by; null for words alone
   * @throws ProblemException if only the meaning was asked for, and the model has none to give
   */
  Ranking rank(GenerationIndex index, Checked search, Meaning meaning) {
    return switch (search.mode()) {
      case LEXICAL -> byWordsAlone(index, search, null, null);
      case SEMANTIC, HYBRID ->
          switch (meaning) {
            case Meaning.Known(List<float[]> vectors) -> byMeaning(index, search, vectors);
            case Meaning.Missing(String message) -> withoutMeaning(index, search, message);
            case Meaning.Unavailable(String message) -> {
              if (search.mode() == SearchMode.SEMANTIC) {
                throw ProblemException.modelAway(message);
              }
              yield withoutMeaning(index, search, message);
            }
            case Meaning.Refused(String message) -> {
              if (search.mode() == SearchMode.SEMANTIC) {
                throw ProblemException.refused(message);
              }
              yield withoutMeaning(index, search, message);
            }
          };
    };
  }

  private Ranking byMeaning(GenerationIndex index, Checked search, List<float[]> vectors) {
    List<Ranked> semantic = nearest(index, search, vectors);
    List<Ranked> lexical = search.mode() == SearchMode.HYBRID ? byWords(index, search) : List.of();
    return ranking(search, true, null, vectors, semantic, lexical);
  }

  private Ranking byWordsAlone(
      GenerationIndex index, Checked search, Boolean semanticAvailable, String notice) {
    return ranking(search, semanticAvailable, notice, List.of(), List.of(), byWords(index, search));
  }

  private Ranking withoutMeaning(GenerationIndex index, Checked search, String reason) {
    return search.mode() == SearchMode.SEMANTIC
        ? new Ranking(false, reason, null, List.of(), List.of())
        : byWordsAlone(index, search, false, reason + " " + Ranking.BY_WORDS_ALONE);
  }

  private static Ranking ranking(
      Checked search,
      Boolean semanticAvailable,
      String notice,
      List<float[]> vectors,
      List<Ranked> semantic,
      List<Ranked> lexical) {
    // One ranking alone is not weighed against another.
    Weights weights = search.mode() == SearchMode.HYBRID ? search.weights() : Weights.EQUAL;
    List<Fusion.Fused> fused = Fusion.fuse(semantic, lexical, weights);
    return new Ranking(
        semanticAvailable,
        notice,
        null,
        vectors,
        fused.subList(0, Math.min(search.depth(), fused.size())));
  }

  /** The words that a search goes by. */
  TextQuery words(Checked search) {
    return switch (search.subject()) {
      case Subject.Words(String text) ->
          new TextQuery.Typed(text, config.maxWords(), search.filter());
      case Subject.Like(long documentId) ->
          new TextQuery.Like(documentId, config.likeWords(), config.likeChunks(), search.filter());
    };
  }

  private List<Ranked> byWords(GenerationIndex index, Checked search) {
    return index.text().search(words(search), search.depth()).stream()
        .map(hit -> new Ranked(hit.documentId(), hit.ordinal(), hit.score()))
        .toList();
  }

  private List<Ranked> nearest(GenerationIndex index, Checked search, List<float[]> vectors) {
    List<Hit> hits =
        switch (search.subject()) {
          case Subject.Words _ -> nearest(index, search, vectors.getFirst(), search.depth());
          case Subject.Like(long documentId) ->
              nearestTo(index, search, documentId, vectors, search.depth());
        };
    return hits.stream()
        .map(hit -> new Ranked(hit.documentId(), hit.chunk(), hit.similarity()))
        .toList();
  }

  /** Efforts are tuned on searches without a filter: with one all it takes is done. */
  private List<Hit> nearest(GenerationIndex index, Checked search, float[] vector, int limit) {
    if (!search.filter().isNone()) {
      ChunkSet passing = index.text().passing(search.filter());
      return index.vectors().nearest(vector, limit, passing);
    }
    long generationId = index.generation().id();
    sample.offer(generationId, vector, limit);
    return index.vectors().nearest(vector, limit, efforts.of(generationId, limit));
  }

  /**
   * The documents most similar to any of another's chunks, best first, ties by id. Efforts are
   * tuned on what users type, so all it takes is done.
   */
  private static List<Hit> nearestTo(
      GenerationIndex index, Checked search, long itself, List<float[]> vectors, int limit) {
    VectorIndex all = index.vectors();
    List<List<Hit>> found =
        search.filter().isNone()
            ? all.nearest(vectors, limit + 1)
            : all.nearest(vectors, limit + 1, index.text().passing(search.filter()));
    Map<Long, Hit> best = new HashMap<>();
    found.forEach(hits -> hits.forEach(hit -> best.merge(hit.documentId(), hit, Ranker::better)));
    best.remove(itself);
    List<Hit> ordered = new ArrayList<>(best.values());
    ordered.sort(
        Comparator.comparingDouble(Hit::similarity).reversed().thenComparingLong(Hit::documentId));
    return List.copyOf(ordered.subList(0, Math.min(limit, ordered.size())));
  }

  private static Hit better(Hit first, Hit second) {
    boolean lower = second.similarity() == first.similarity() && second.chunk() < first.chunk();
    return second.similarity() > first.similarity() || lower ? second : first;
  }
}
