package relata.graph.compare;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a ranking is worth, and how much two have in common. Rankings hold a document once. */
final class Measures {
  private Measures() {}

  /**
   * Overlap@k of two rankings that were cut at k: |a ∩ b| / max(1, |a|, |b|), from 0 to 1. Order
   * within a ranking does not count.
   */
  static double overlap(List<Long> a, List<Long> b) {
    Set<Long> common = new HashSet<>(a);
    common.retainAll(new HashSet<>(b));
    return (double) common.size() / Math.max(1, Math.max(a.size(), b.size()));
  }

  /**
   * Recall@k of a ranking that was cut at k: the share of the relevant documents that it holds.
   * (Manning, Raghavan, Schütze: Introduction to Information Retrieval, 2008, section 8.3.) With
   * more relevant documents than k it stays below 1.
   *
   * @param relevant not empty
   */
  static double recall(List<Long> ranking, Collection<Long> relevant) {
    Set<Long> found = new HashSet<>(relevant);
    found.retainAll(new HashSet<>(ranking));
    return (double) found.size() / relevant.size();
  }

  /**
   * nDCG@k of a ranking that was cut at k: its discounted cumulated gain, divided by that of the
   * best ranking there is, from 0 to 1. The gain of a document is its grade, 0 if it has none; it
   * is divided by log2(rank + 1), ranks from 1 up. (Järvelin, Kekäläinen: Cumulated gain-based
   * evaluation of IR techniques, ACM TOIS 20(4), 2002, with the discount that trec_eval's ndcg_cut
   * uses.)
   *
   * @param grades of the relevant documents, at least 1 each; not empty
   */
  static double ndcg(List<Long> ranking, Map<Long, Integer> grades, int k) {
    List<Integer> gains = ranking.stream().map(id -> grades.getOrDefault(id, 0)).toList();
    List<Integer> best =
        grades.values().stream().sorted(Comparator.reverseOrder()).limit(k).toList();
    return discounted(gains) / discounted(best);
  }

  private static double discounted(List<Integer> gains) {
    double sum = 0;
    for (int rank = 1; rank <= gains.size(); rank++) {
      sum += gains.get(rank - 1) * Math.log(2) / Math.log(rank + 1);
    }
    return sum;
  }
}
