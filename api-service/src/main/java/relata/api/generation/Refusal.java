package relata.api.generation;

import relata.api.problem.Problem;
import relata.api.problem.ProblemException;

/** What a generation answers when it is asked for something that cannot be. */
final class Refusal {
  private Refusal() {}

  /** 409 with the reason. */
  static ProblemException of(Generation generation, String reason) {
    return Problem.of(
            "generation-state",
            "Conflict",
            409,
            "Generation %d: %s".formatted(generation.id(), reason))
        .exception();
  }
}
