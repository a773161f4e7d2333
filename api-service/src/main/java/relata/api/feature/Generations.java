package relata.api.feature;

import relata.api.collection.FoundCollection;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;

/** What to tell a client that named a generation. */
final class Generations {
  private Generations() {}

  /** 404 that names the generation. */
  static Problem unknown(FoundCollection collection, long generation) {
    return Problem.of(
        ProblemType.UNKNOWN_GENERATION,
        "Collection '%s' has no generation %d.".formatted(collection.name(), generation));
  }
}
