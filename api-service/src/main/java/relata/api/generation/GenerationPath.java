package relata.api.generation;

import relata.api.problem.Problem;

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
      throw Problem.notFound("unknown-generation", "Generations are numbers.").exception();
    }
  }
}
