package relata.local.eval;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How good a ranking is for one query, from 0 to 1. All look at the {@value #DEPTH} best at most,
 * which is what a search gives.
 */
enum Measure {
  /**
   * Discounted gain of the first ten by that of the best order: a document of grade g gains 2^g -
   * 1, divided by log2(1 + rank). (Burges et al.: Learning to rank using gradient descent, ICML
   * 2005.)
   */
  NDCG("nDCG@10") {
    @Override
    double of(List<String> ranking, Map<String, Integer> grades) {
      double best =
          gain(grades.values().stream().sorted(Comparator.reverseOrder()).limit(CUT).toList());
      return gain(ranking.stream().limit(CUT).map(id -> grades.getOrDefault(id, 0)).toList())
          / best;
    }
  },
  /** Share of the relevant documents that are among the first hundred. */
  RECALL("recall@100") {
    @Override
    double of(List<String> ranking, Map<String, Integer> grades) {
      return (double) ranking.stream().limit(DEPTH).filter(grades::containsKey).count()
          / grades.size();
    }
  },
  /**
   * Mean, over all relevant documents, of the share of relevant ones down to where each stands; one
   * that is not among the first hundred counts 0. Its mean over queries is MAP.
   */
  AVERAGE_PRECISION("MAP@100") {
    @Override
    double of(List<String> ranking, Map<String, Integer> grades) {
      int found = 0;
      double sum = 0;
      for (int rank = 1; rank <= Math.min(DEPTH, ranking.size()); rank++) {
        if (grades.containsKey(ranking.get(rank - 1))) {
          found++;
          sum += (double) found / rank;
        }
      }
      return sum / grades.size();
    }
  };

  static final int DEPTH = 100;
  private static final int CUT = 10;

  private final String label;

  Measure(String label) {
    this.label = label;
  }

  /** As it is printed. */
  String label() {
    return label;
  }

  /**
   * @param ranking ids, best first, none twice
   * @param grades of the relevant documents, from 1 up; at least one
   */
  abstract double of(List<String> ranking, Map<String, Integer> grades);

  private static double gain(Collection<Integer> grades) {
    double sum = 0;
    int rank = 0;
    for (int grade : grades) {
      rank++;
      sum += (Math.pow(2, grade) - 1) / (Math.log(1 + rank) / Math.log(2));
    }
    return sum;
  }
}
