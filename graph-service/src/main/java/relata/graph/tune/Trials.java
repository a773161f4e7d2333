package relata.graph.tune;

import relata.graph.vector.Effort;

/** Where the trials of a run come from: an index that is asked, or a journal of such a run. */
public interface Trials {
  /** How many queries each has. */
  int queries();

  /**
   * Tries an effort beside the current one.
   *
   * @param bar the recall to be shown; the trial may end when it cannot be shown any more
   */
  Trial run(Trial.Purpose purpose, Effort effort, Effort current, double bar);
}
