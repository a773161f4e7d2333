package relata.graph.index;

import relata.graph.problem.ProblemException;

/**
 * The body of a wish to tune, which may be left out.
 *
 * @param seed of the run; null for one that is drawn
 */
record TuneRequest(Long seed) {
  /**
   * @throws ProblemException naming the field that is wrong
   */
  static long seed(TuneRequest request) {
    if (request == null || request.seed() == null) {
      return DueRuns.seed();
    }
    if (!DueRuns.isSeed(request.seed())) {
      throw ProblemException.badField("seed", "must be from 0 to 9007199254740991");
    }
    return request.seed();
  }
}
