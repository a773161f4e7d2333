package relata.local.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How central each sentence is: the sum of its cosines with all others, over words weighted by
 * TF-IDF with the sentences as documents.
 *
 * <p>The sum of a unit vector's dot products with all others is one dot product with their sum, so
 * the cost grows with the words and not with the pairs. Words are summed in alphabetical order: the
 * same text gives the same ranking everywhere.
 */
final class Centrality {

  private Centrality() {}

  static double[] of(List<Sentence> sentences) {
    Map<String, Integer> sentencesWith = new HashMap<>();
    for (Sentence sentence : sentences) {
      sentence.words().stream().distinct().forEach(w -> sentencesWith.merge(w, 1, Integer::sum));
    }
    List<Map<String, Double>> vectors =
        sentences.stream().map(s -> unit(s, sentencesWith, sentences.size())).toList();
    Map<String, Double> sum = new HashMap<>();
    vectors.forEach(
        vector -> vector.forEach((word, weight) -> sum.merge(word, weight, Double::sum)));
    return vectors.stream().mapToDouble(vector -> dot(vector, sum) - 1).toArray();
  }

  private static Map<String, Double> unit(
      Sentence sentence, Map<String, Integer> sentencesWith, int sentences) {
    Map<String, Double> weights = new TreeMap<>();
    for (String word : sentence.words()) {
      double rarity = Math.log(1 + sentences / (double) sentencesWith.get(word));
      weights.merge(word, rarity, Double::sum);
    }
    double length = Math.sqrt(dot(weights, weights));
    weights.replaceAll((word, weight) -> weight / length);
    return weights;
  }

  private static double dot(Map<String, Double> vector, Map<String, Double> other) {
    double sum = 0;
    for (Map.Entry<String, Double> entry : vector.entrySet()) {
      sum += entry.getValue() * other.get(entry.getKey());
    }
    return sum;
  }
}
