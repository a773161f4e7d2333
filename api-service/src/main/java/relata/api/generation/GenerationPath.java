package relata.api.generation;

import relata.api.problem.Problem;
import relata.api.problem.ProblemType;

/** Which generation a path names. */
final class GenerationPath {
  private GenerationPath() {}

  /**
   * The id in the path; what is no number belongs to nothing.
   *
   * @throws relata.api.problem.ProblemException 404
   */
  static long id(String raw) {
    try {
      return Long.parseLong(raw);
    } catch (NumberFormatException notANumber) {
      throw Problem.of(ProblemType.UNKNOWN_GENERATION, "Generations are numbers.").exception();
    }
  }
}
