package relata.graph.index;

import java.time.Instant;
import relata.graph.tune.Recall;
import relata.graph.vector.Effort;

/**
 * The effort of a generation's searches.
 *
 * @param number grows with every change; 0 if nothing was ever set
 * @param maxDocuments the most documents that it was measured with; searches for more are certain
 * @param recall as last measured
 * @param measuredAt null if it is to be measured as soon as may be, or certain
 * @param reason how it came about; null if nothing was ever set
 */
record Setting(
    long number,
    Effort effort,
    int maxDocuments,
    Recall recall,
    Instant measuredAt,
    Reason reason,
    Instant changedAt) {
  /** What a generation begins with. */
  static final Setting FIRST =
      new Setting(0, Effort.CERTAIN, Integer.MAX_VALUE, Recall.CERTAIN, null, null, null);

  /** How an effort came to be the current one. */
  enum Reason {
    PROMOTED,
    FELL_BACK,
    UNDONE
  }

  boolean isCertain() {
    return effort.equals(Effort.CERTAIN);
  }

  /** The effort of a search, which has this recall at least. */
  Effort effort(int limit, double bar) {
    return limit <= maxDocuments && recall.lower() >= bar ? effort : Effort.CERTAIN;
  }
}
