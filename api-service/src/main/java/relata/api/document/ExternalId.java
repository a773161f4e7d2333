package relata.api.document;

import java.util.Optional;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;
import relata.api.text.TextRule;

/** The rule for the ids that clients give to documents. */
public final class ExternalId {
  static final int MAX_LENGTH = 512;

  private ExternalId() {}

  /** What is wrong with the id, one sentence; empty if nothing is. */
  public static Optional<String> fault(String id) {
    // Dots alone are steps in a path, so a document of that name could never be addressed.
    return ".".equals(id) || "..".equals(id)
        ? Optional.of("Must not be '.' or '..'.")
        : TextRule.line(id, MAX_LENGTH);
  }

  /**
   * Returns the id of a path.
   *
   * @throws relata.api.problem.ProblemException 400 naming {@code id}
   */
  public static String checked(String id) {
    Optional<String> fault = fault(id);
    if (fault.isPresent()) {
      throw Problem.invalid("id", fault.get()).exception();
    }
    return id;
  }

  /** 404 that names the document. */
  public static Problem unknown(String id) {
    return Problem.of(ProblemType.UNKNOWN_DOCUMENT, "There is no document '%s'.".formatted(id));
  }
}
