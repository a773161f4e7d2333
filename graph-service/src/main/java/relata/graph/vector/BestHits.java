package relata.graph.vector;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The best documents of a scan so far, each with its best chunk. */
public final class BestHits {
  private static final Comparator<VectorIndex.Hit> BEST_FIRST =
      Comparator.comparingDouble(VectorIndex.Hit::similarity)
          .reversed()
          .thenComparingLong(VectorIndex.Hit::documentId);

  private final int limit;
  private final TreeSet<VectorIndex.Hit> best = new TreeSet<>(BEST_FIRST);
  private final Map<Long, VectorIndex.Hit> byDocument = new HashMap<>();

  /** The similarity below which nothing gets in any more. */
  private double floor = Double.NEGATIVE_INFINITY;

  /**
   * @param limit how many documents, at least one
   */
  public BestHits(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of " + limit + " finds nothing");
    }
    this.limit = limit;
  }

  /** Keeps a chunk if it is its document's best, and the document is among the best. */
  public void offer(long documentId, int chunk, double similarity) {
    // Written so that NaN is turned away too.
    if (!(similarity >= floor)) {
      return;
    }
    VectorIndex.Hit hit = new VectorIndex.Hit(documentId, chunk, similarity);
    VectorIndex.Hit known = byDocument.get(documentId);
    if (known != null) {
      if (similarity > known.similarity()
          || (similarity == known.similarity() && chunk < known.chunk())) {
        best.remove(known);
        add(hit);
      }
    } else if (best.size() < limit) {
      add(hit);
    } else if (BEST_FIRST.compare(hit, best.last()) < 0) {
      byDocument.remove(best.removeLast().documentId());
      add(hit);
    }
  }

  /** The least similarity that may still get in; no number is below it until there are enough. */
  public double floor() {
    return floor;
  }

  public boolean isFull() {
    return best.size() == limit;
  }

  private void add(VectorIndex.Hit hit) {
    best.add(hit);
    byDocument.put(hit.documentId(), hit);
    if (best.size() == limit) {
      floor = best.last().similarity();
    }
  }

  public List<VectorIndex.Hit> inOrder() {
    return List.copyOf(best);
  }
}
