package relata.graph.compare;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import relata.graph.vector.VectorIndex;

/** Overlap of the most similar documents of a sample in two generations. */
final class DocumentComparison {
  private final VectorIndex current;
  private final VectorIndex candidate;
  private final int k;
  private final Mean overlap = new Mean();

  DocumentComparison(VectorIndex current, VectorIndex candidate, int k) {
    this.current = current;
    this.candidate = candidate;
    this.k = k;
  }

  Mean overlap() {
    return overlap;
  }

  /**
   * @return how many documents there was no time for
   */
  int add(Collection<Long> documentIds, Deadline deadline) {
    int left = documentIds.size();
    for (long documentId : documentIds) {
      if (deadline.isOver()) {
        return left;
      }
      add(documentId);
      left--;
    }
    return left;
  }

  /** One that has vectors in neither, or is alone in both, says nothing about either. */
  private void add(long documentId) {
    Optional<List<Long>> before = ClosestDocuments.of(current, documentId, k);
    Optional<List<Long>> after = ClosestDocuments.of(candidate, documentId, k);
    List<Long> one = before.orElse(List.of());
    List<Long> other = after.orElse(List.of());
    if (!one.isEmpty() || !other.isEmpty()) {
      overlap.add(Measures.overlap(one, other));
    }
  }
}
