package relata.graph.tune;

import relata.graph.vector.Effort;

/** The queries of a run, as they can be asked of an index. */
public interface Queries {
  /** How many there are. */
  int size();

  /** Asks the query of this number, from 0 up, with this effort. */
  Answer ask(int query, Effort effort);

  /**
   * What came back.
   *
   * @param nanos processor time that it took
   * @param similarities those of the documents found, the greatest first
   */
  record Answer(long nanos, double[] similarities) {
    /**
     * Which share of the right answers is among these; of equally similar documents one is as right
     * as another.
     */
    double recall(Answer right) {
      int wanted = right.similarities.length;
      if (wanted == 0) {
        return 1;
      }
      double least = right.similarities[wanted - 1];
      int found = 0;
      while (found < Math.min(wanted, similarities.length) && similarities[found] >= least) {
        found++;
      }
      return (double) found / wanted;
    }
  }
}
