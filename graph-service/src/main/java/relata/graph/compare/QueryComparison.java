package relata.graph.compare;

import java.util.List;
import java.util.Map;
import relata.graph.compare.Comparison.Judged;
import relata.graph.compare.Comparison.Pair;

/** What the rankings that two generations gave to the same queries have in common and are worth. */
final class QueryComparison {
  private final int k;
  private final Mean overlap = new Mean();
  private final Mean recall = new Mean();
  private final Mean candidateRecall = new Mean();
  private final Mean ndcg = new Mean();
  private final Mean candidateNdcg = new Mean();

  QueryComparison(int k) {
    this.k = k;
  }

  /**
   * @param current ids of the documents found, best first, at most k
   * @param candidate the same of the other generation
   * @param grades of the expected documents; empty if none are known
   */
  void add(List<Long> current, List<Long> candidate, Map<Long, Integer> grades) {
    overlap.add(Measures.overlap(current, candidate));
    if (!grades.isEmpty()) {
      recall.add(Measures.recall(current, grades.keySet()));
      candidateRecall.add(Measures.recall(candidate, grades.keySet()));
      ndcg.add(Measures.ndcg(current, grades, k));
      candidateNdcg.add(Measures.ndcg(candidate, grades, k));
    }
  }

  Mean overlap() {
    return overlap;
  }

  Judged judged() {
    return new Judged(
        recall.count(),
        new Pair(recall.value(), candidateRecall.value()),
        new Pair(ndcg.value(), candidateNdcg.value()));
  }
}
