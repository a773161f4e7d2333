package relata.graph.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import relata.graph.text.ChunkKey;

/**
 * Reciprocal rank fusion: a document scores 1 / (60 + rank) in each ranking that holds it, ranks
 * from 1 up. Only ranks count, so the two scores need no common scale. (Cormack, Clarke, Büttcher:
 * Reciprocal Rank Fusion outperforms Condorcet and individual rank learning methods, SIGIR 2009.)
 */
final class Fusion {
  private static final int K = 60;

  private Fusion() {}

  /**
   * @param chunk that of the ranking in which the document stands higher; of equals the semantic
   *     one
   * @param semanticScore null if the semantic ranking does not hold it
   * @param lexicalScore null if the lexical ranking does not hold it
   */
  record Fused(ChunkKey chunk, double score, Double semanticScore, Double lexicalScore) {}

  /** All documents of both rankings, best first, ties by id. */
  static List<Fused> fuse(List<Ranked> semantic, List<Ranked> lexical) {
    Map<Long, Fused> fused = new LinkedHashMap<>();
    for (int rank = 1; rank <= semantic.size(); rank++) {
      Ranked hit = semantic.get(rank - 1);
      fused.put(hit.documentId(), new Fused(hit.chunk(), 1.0 / (K + rank), hit.score(), null));
    }
    for (int rank = 1; rank <= lexical.size(); rank++) {
      Ranked hit = lexical.get(rank - 1);
      double score = 1.0 / (K + rank);
      Fused known = fused.get(hit.documentId());
      fused.put(
          hit.documentId(),
          known == null
              ? new Fused(hit.chunk(), score, null, hit.score())
              : new Fused(
                  score > known.score() ? hit.chunk() : known.chunk(),
                  known.score() + score,
                  known.semanticScore(),
                  hit.score()));
    }
    List<Fused> ordered = new ArrayList<>(fused.values());
    ordered.sort(
        Comparator.comparingDouble(Fused::score)
            .reversed()
            .thenComparingLong(hit -> hit.chunk().documentId()));
    return List.copyOf(ordered);
  }
}
