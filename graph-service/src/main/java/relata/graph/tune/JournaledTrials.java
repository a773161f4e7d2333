package relata.graph.tune;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import relata.graph.vector.Effort;

/**
 * Plays the trials of a run again: times cannot be had twice, but what was decided by them can be
 * followed.
 */
public final class JournaledTrials implements Trials {
  private final Deque<Trial> left;
  private final int queries;

  /**
   * @param trials of one run, in their order
   */
  public JournaledTrials(List<Trial> trials, int queries) {
    this.left = new ArrayDeque<>(trials);
    this.queries = queries;
  }

  @Override
  public int queries() {
    return queries;
  }

  /**
   * @throws IllegalStateException if the run went another way
   */
  @Override
  public Trial run(Trial.Purpose purpose, Effort effort, Effort current, double bar) {
    Trial next = left.poll();
    if (next == null
        || next.purpose() != purpose
        || !next.effort().equals(effort)
        || !next.current().equals(current)) {
      throw new IllegalStateException(
          "wanted is a trial to %s %s, the journal has %s"
              .formatted(purpose, effort, next == null ? "no more" : next.effort()));
    }
    return next;
  }

  /** Whether all that was tried was wanted again. */
  public boolean isEmpty() {
    return left.isEmpty();
  }
}
