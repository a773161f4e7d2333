package relata.graph.bench;

import java.util.function.IntPredicate;

/** Looks for the cheapest setting of a search that finds enough. */
final class LeastEffort {
  private LeastEffort() {}

  /**
   * A number that is enough, while the one before it is not; the most if none is found. It is the
   * least of all if more never finds less, which is so but for a few.
   *
   * @param first the least that may be
   */
  static int of(int first, int most, IntPredicate isEnough) {
    int tooFew = first - 1;
    int enough = first;
    // By quarters, so that little time is spent on efforts far beyond what is needed.
    while (enough < most && !isEnough.test(enough)) {
      tooFew = enough;
      enough = Math.min(most, enough + Math.max(1, enough / 4));
    }
    while (enough - tooFew > 1) {
      int between = (tooFew + enough) >>> 1;
      if (isEnough.test(between)) {
        enough = between;
      } else {
        tooFew = between;
      }
    }
    return enough;
  }
}
