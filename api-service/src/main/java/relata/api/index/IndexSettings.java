package relata.api.index;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.problem.Problem;

/**
 * What a collection asks of its index.
 *
 * @param minRecall the share of right answers that searches must find at least; 1: all of them,
 *     with certainty; null: that of the deployment
 */
@Schema(
    name = "IndexSettings",
    examples =
        """
        {"minRecall":0.98}""")
record IndexSettings(@Schema(minimum = "0.5", maximum = "1") Double minRecall) {
  private static final double LEAST = 0.5;

  /**
   * The same, if it makes sense.
   *
   * @throws relata.api.problem.ProblemException 400 naming the field
   */
  static IndexSettings checked(IndexSettings settings) {
    if (settings == null) {
      throw Problem.invalid(null, "Send a JSON object, for instance {\"minRecall\":0.98}.")
          .exception();
    }
    Double recall = settings.minRecall();
    // Written so that NaN is refused, too.
    if (recall != null && !(recall >= LEAST && recall <= 1)) {
      throw Problem.invalid("minRecall", "Must be a number from 0.5 to 1, or null.").exception();
    }
    return settings;
  }
}
