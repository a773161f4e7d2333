package relata.api.access;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.problem.Parameters;

/**
 * What a client sends to have a new key in place of another.
 *
 * @param overlapSeconds how long the old one works beside it
 */
@Schema(
    name = "Rotation",
    examples =
        """
        {"overlapSeconds":3600}""")
record Rotation(
    @Schema(defaultValue = "86400", minimum = "0", maximum = "2592000") Integer overlapSeconds) {
  private static final int DAY = 24 * 60 * 60;
  private static final int LONGEST = 30 * DAY;

  /**
   * The overlap, a day if none was said.
   *
   * @throws relata.api.problem.ProblemException 400
   */
  static int overlap(Rotation rotation) {
    Integer said = rotation == null ? null : rotation.overlapSeconds();
    return said == null ? DAY : Parameters.integer("overlapSeconds", said, 0, LONGEST);
  }
}
