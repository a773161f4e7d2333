package relata.graph.index;

import java.time.Instant;
import relata.graph.tune.Cause;
import relata.graph.tune.Grid;
import relata.graph.tune.Terms;
import relata.graph.tune.Tuning.Seeks;
import relata.graph.vector.Effort;

/**
 * A run as it is stored.
 *
 * @param minRecall the bar that it goes by
 * @param conditions null until it has begun
 * @param outcome null until it has ended
 * @param detail why it came to that, in words; null until it has ended
 */
record Run(
    long id,
    long generationId,
    Cause cause,
    long seed,
    double minRecall,
    Conditions conditions,
    Instant createdAt,
    Instant endedAt,
    Outcome outcome,
    String detail) {
  /** What a run came to. */
  enum Outcome {
    /** Searches have another effort. */
    PROMOTED,
    /** Searches go on as they did. */
    KEPT,
    /** What searches had did not hold the bar; they are certain now. */
    FELL_BACK,
    /** It was given up: live load, a setting that was changed meanwhile, a generation that went. */
    STOPPED,
    /** Its replica stopped. */
    ABANDONED,
    /** An error; the log has it. */
    FAILED
  }

  /**
   * All that its decision follows from, besides seed, bar and trials.
   *
   * @param current the effort that searches had
   * @param lists how many lists of vectors the index had
   * @param maxDocuments the most documents that an effort is measured for
   */
  record Conditions(
      double minGain,
      double significance,
      int maxTrials,
      Seeks seeks,
      Effort current,
      int lists,
      int documents,
      int chunks,
      int queries,
      int maxDocuments) {
    Terms terms(double bar) {
      return new Terms(bar, minGain, significance, maxTrials);
    }

    Grid grid() {
      return Grid.of(lists, chunks, maxDocuments);
    }
  }
}
