package relata.api.index;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.graph.GraphIndex;
import relata.api.problem.Problem;

/**
 * A wish to tune, which may be left out.
 *
 * @param seed which queries are asked, and in which order; null for one that is drawn
 */
@Schema(name = "TuneBody")
record TuneBody(@Schema(minimum = "0", maximum = "9007199254740991") Long seed) {
  private static final long MAX_SEED = (1L << 53) - 1;

  /**
   * @throws relata.api.problem.ProblemException 400 naming the field
   */
  static GraphIndex.Tune checked(TuneBody body) {
    Long seed = body == null ? null : body.seed();
    if (seed != null && (seed < 0 || seed > MAX_SEED)) {
      throw Problem.invalid("seed", "Must be a whole number from 0 to " + MAX_SEED + ".")
          .exception();
    }
    return new GraphIndex.Tune(seed);
  }
}
