package relata.graph.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import relata.graph.generation.GenerationIndex;
import relata.graph.search.Fusion.Fused;
import relata.graph.search.SearchRequest.Checked;
import relata.graph.text.ChunkKey;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Similarity;

/**
 * Maximal marginal relevance: next comes whoever is greatest in (1 - d) relevance - d similarity,
 * with the diversity d that was asked for, the relevance as the score between the least, 0, and the
 * greatest, 1, and the cosine with the most similar of those that came before. Of equals the one
 * that was ranked higher comes first. (Carbonell, Goldstein: The use of MMR, diversity-based
 * reranking, SIGIR 1998, where λ is 1 - d.)
 */
final class Diversity {
  private final double diversity;
  private final List<Fused> ranked;
  private final double[] relevance;
  private final double[][] vectors;

  /** How similar each is to the most similar of those that were taken; 0 to none. */
  private final double[] taken;

  private Diversity(
      double diversity, List<Fused> ranked, double[] relevance, Map<ChunkKey, double[]> vectors) {
    this.diversity = diversity;
    this.ranked = ranked;
    this.relevance = relevance;
    this.vectors = ranked.stream().map(hit -> vectors.get(hit.chunk())).toArray(double[][]::new);
    taken = new double[ranked.size()];
  }

  /**
   * The first {@code most} of a ranking in such an order; what comes behind them stays there, and
   * so does what a re-ranker that was asked did not see.
   */
  static List<Fused> arrange(GenerationIndex index, Checked search, List<Fused> ranked, int most) {
    List<Fused> first = ranked.stream().limit(most).filter(hit -> isAmong(hit, ranked)).toList();
    List<Fused> arranged =
        new ArrayList<>(arrange(search.mode(), search.diversity(), first, units(index, first)));
    arranged.addAll(ranked.subList(first.size(), ranked.size()));
    return List.copyOf(arranged);
  }

  private static boolean isAmong(Fused hit, List<Fused> ranked) {
    return (hit.rerankScore() == null) == (ranked.getFirst().rerankScore() == null);
  }

  /**
   * @param vectors of length 1; a chunk without one is similar to nothing
   */
  static List<Fused> arrange(
      SearchMode mode, double diversity, List<Fused> ranked, Map<ChunkKey, double[]> vectors) {
    double[] scores = ranked.stream().mapToDouble(hit -> relevance(mode, hit)).toArray();
    return new Diversity(diversity, ranked, betweenLeastAndGreatest(scores), vectors).arranged();
  }

  private static double relevance(SearchMode mode, Fused hit) {
    return hit.rerankScore() == null ? mode.score(hit) : hit.rerankScore();
  }

  private static double[] betweenLeastAndGreatest(double[] scores) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      least = Math.min(least, score);
      greatest = Math.max(greatest, score);
    }
    double[] between = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      between[i] = greatest == least ? 1 : (scores[i] - least) / (greatest - least);
    }
    return between;
  }

  private static Map<ChunkKey, double[]> units(GenerationIndex index, List<Fused> hits) {
    Map<Long, DocumentVectors> documents =
        index.vectors().vectors(hits.stream().map(hit -> hit.chunk().documentId()).toList());
    Map<ChunkKey, double[]> units = new HashMap<>();
    for (Fused hit : hits) {
      DocumentVectors document = documents.get(hit.chunk().documentId());
      if (document != null) {
        document.ofChunk(hit.chunk().ordinal()).ifPresent(v -> units.put(hit.chunk(), unit(v)));
      }
    }
    return units;
  }

  /** A vector of zeros has no direction, and stays. */
  private static double[] unit(float[] vector) {
    double[] unit = Similarity.widen(vector, 0, vector.length);
    double length = Similarity.norm(vector, 0, vector.length);
    for (int i = 0; i < unit.length && length > 0; i++) {
      unit[i] /= length;
    }
    return unit;
  }

  private List<Fused> arranged() {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < ranked.size(); i++) {
      left.add(i);
    }
    List<Fused> arranged = new ArrayList<>();
    while (!left.isEmpty()) {
      int place = best(left);
      int chosen = left.remove(place);
      arranged.add(ranked.get(chosen));
      for (int other : left) {
        taken[other] = Math.max(taken[other], cosine(vectors[chosen], vectors[other]));
      }
    }
    return arranged;
  }

  private int best(List<Integer> left) {
    int best = 0;
    for (int place = 1; place < left.size(); place++) {
      if (value(left.get(place)) > value(left.get(best))) {
        best = place;
      }
    }
    return best;
  }

  private double value(int i) {
    return (1 - diversity) * relevance[i] - diversity * taken[i];
  }

  private static double cosine(double[] unit, double[] other) {
    if (unit == null || other == null || unit.length != other.length) {
      return 0;
    }
    double sum = 0;
    for (int i = 0; i < unit.length; i++) {
      sum += unit[i] * other[i];
    }
    return sum;
  }
}
