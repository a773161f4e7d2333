package relata.graph.search;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.graph.generation.GenerationIndex;
import relata.graph.search.Fusion.Fused;
import relata.graph.search.SearchRequest.Checked;
import relata.graph.text.ChunkKey;
import relata.graph.text.TextChunk;

/** Arranges what was found anew, if a search asks for it: by the re-ranker, then for diversity. */
@Singleton
final class SecondLook {
  private final Reranking reranking;
  private final SearchThreads threads;
  private final SearchConfig config;

  SecondLook(Reranking reranking, SearchThreads threads, SearchConfig config) {
    this.reranking = reranking;
    this.threads = threads;
    this.config = config;
  }

  /**
   * Before anything is looked for.
   *
   * @throws relata.graph.problem.ProblemException if nobody can do what is asked for
   */
  void require(Checked search) {
    if (search.rerank()) {
      reranking.require();
    }
  }

  /** As the re-ranker arranges it, which is waited for. */
  Ranking reranked(GenerationIndex index, Checked search, Ranking ranking) {
    return search.subject() instanceof Subject.Words(String text)
        ? reranked(index, text, ranking)
        : ranking;
  }

  /** As diverse as the search asks for. */
  Ranking diverse(GenerationIndex index, Checked search, Ranking ranking) {
    return search.diversity() == 0
        ? ranking
        : ranking.with(Diversity.arrange(index, search, ranking.hits(), config.diversityDepth()));
  }

  private Ranking reranked(GenerationIndex index, String text, Ranking ranking) {
    int count = Math.min(config.rerankDepth(), ranking.hits().size());
    List<Fused> first = new ArrayList<>(ranking.hits().subList(0, count));
    List<ChunkKey> keys = first.stream().map(Fused::chunk).toList();
    Map<ChunkKey, TextChunk> chunks = threads.run(index, () -> index.text().chunks(keys));
    // What is gone already is left out, as when hits are shown.
    first.removeIf(hit -> !chunks.containsKey(hit.chunk()));
    if (first.isEmpty()) {
      return ranking;
    }
    Optional<List<Double>> scores =
        reranking.scores(
            new Reranker.Query(index.generation().id(), text),
            first.stream().map(hit -> candidate(hit.chunk(), chunks.get(hit.chunk()))).toList());
    if (scores.isEmpty()) {
      return ranking.reranked(false, ranking.hits());
    }
    List<Fused> ordered = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      ordered.add(first.get(i).reranked(scores.get().get(i)));
    }
    ordered.sort(Comparator.comparingDouble(Fused::rerankScore).reversed());
    ordered.addAll(ranking.hits().subList(count, ranking.hits().size()));
    return ranking.reranked(true, ordered);
  }

  private static Reranker.Candidate candidate(ChunkKey key, TextChunk chunk) {
    return new Reranker.Candidate(
        key.documentId(), key.ordinal(), chunk.headingPath(), chunk.text());
  }
}
