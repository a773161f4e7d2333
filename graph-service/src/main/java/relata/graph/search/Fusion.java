package relata.graph.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import relata.graph.text.ChunkKey;

/**
 * Reciprocal rank fusion: a document scores w / (k + rank) in each ranking that holds it, with the
 * ranking's weight w and ranks from 1 up. Only ranks count, so the two scores need no common scale.
 * (Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet and individual rank
 * learning methods, SIGIR 2009.)
 */
final class Fusion {
  /**
   * How far a place outweighs the next: the first is worth twice the 22nd. The paper's 60 (twice
   * the 62nd) was found for the fusion of many rankings; of two that each find what the other
   * misses, it lets what is middling in both pass what is best in one. See ADR 21.
   */
  private static final int K = 20;

  private Fusion() {}

  /**
   * @param chunk that of the ranking in which the document stands higher; of equals the semantic
   *     one
   * @param semanticScore null if the semantic ranking does not hold it
   * @param lexicalScore null if the lexical ranking does not hold it
   * @param semanticRank from 1 up, null likewise
   * @param lexicalRank from 1 up, null likewise
   * @param rerankScore what a re-ranker says; null if it was not asked about it
   */
  record Fused(
      ChunkKey chunk,
      double score,
      Double semanticScore,
      Double lexicalScore,
      Integer semanticRank,
      Integer lexicalRank,
      Double rerankScore) {
    Fused(
        ChunkKey chunk,
        double score,
        Double semanticScore,
        Double lexicalScore,
        Integer semanticRank,
        Integer lexicalRank) {
      this(chunk, score, semanticScore, lexicalScore, semanticRank, lexicalRank, null);
    }

    Fused reranked(Double by) {
      return new Fused(chunk, score, semanticScore, lexicalScore, semanticRank, lexicalRank, by);
    }

    /** The same with the scores of its chunk that no ranking gave. */
    Fused with(Double semantic, Double lexical) {
      return new Fused(
          chunk,
          score,
          semanticScore == null ? semantic : semanticScore,
          lexicalScore == null ? lexical : lexicalScore,
          semanticRank,
          lexicalRank,
          rerankScore);
    }
  }

  /** What a document that stands there in a ranking gets for it. */
  static double share(double weight, int rank) {
    return weight / (K + rank);
  }

  /** All documents of both rankings, best first, ties by id. */
  static List<Fused> fuse(List<Ranked> semantic, List<Ranked> lexical, Weights weights) {
    Map<Long, Fused> fused = new LinkedHashMap<>();
    for (int rank = 1; rank <= semantic.size(); rank++) {
      Ranked hit = semantic.get(rank - 1);
      fused.put(
          hit.documentId(),
          new Fused(hit.chunk(), share(weights.semantic(), rank), hit.score(), null, rank, null));
    }
    for (int rank = 1; rank <= lexical.size(); rank++) {
      Ranked hit = lexical.get(rank - 1);
      double score = share(weights.lexical(), rank);
      Fused known = fused.get(hit.documentId());
      fused.put(
          hit.documentId(),
          known == null
              ? new Fused(hit.chunk(), score, null, hit.score(), null, rank)
              : new Fused(
                  score > known.score() ? hit.chunk() : known.chunk(),
                  known.score() + score,
                  known.semanticScore(),
                  hit.score(),
                  known.semanticRank(),
                  rank));
    }
    List<Fused> ordered = new ArrayList<>(fused.values());
    ordered.sort(
        Comparator.comparingDouble(Fused::score)
            .reversed()
            .thenComparingLong(hit -> hit.chunk().documentId()));
    return List.copyOf(ordered);
  }
}
