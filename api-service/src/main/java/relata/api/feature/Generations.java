package relata.api.feature;

import relata.api.collection.FoundCollection;
import relata.api.problem.Problem;

/** What to tell a client that named a generation. */
final class Generations {
  private Generations() {}

  /** 404 that names the generation. */
  static Problem unknown(FoundCollection collection, long generation) {
    return Problem.notFound(
        "unknown-generation",
        "Collection '%s' has no generation %d.".formatted(collection.name(), generation));
  }
}
