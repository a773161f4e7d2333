package relata.graph.index;

import java.time.Instant;
import relata.graph.tune.Recall;
import relata.graph.tune.Trial;
import relata.graph.vector.Effort;

/**
 * A trial as it is shown: without the figures of its queries.
 *
 * @param held whether the recall was shown to be what it must be
 * @param ratio cost by that of the current effort
 * @param nanos processor time of a search with the effort
 * @param currentNanos the same with the current one
 * @param heapBytes memory of what finds vectors
 * @param vectorBytes memory of the vectors, outside of the heap
 * @param plannedQueries how many would have been asked
 */
record JournalEntry(
    long runId,
    int number,
    Trial.Purpose purpose,
    Effort effort,
    Effort current,
    boolean held,
    Recall recall,
    double ratio,
    Times nanos,
    Times currentNanos,
    long heapBytes,
    long vectorBytes,
    int plannedQueries,
    Instant triedAt) {
  /** Of half of the queries, and of all but one in a hundred, no longer than. */
  record Times(long p50, long p99) {}
}
