package relata.api.generation;

import java.util.List;
import relata.api.generation.GenerationState.Building;
import relata.api.problem.Problem;
import relata.api.problem.ProblemException;
import relata.api.problem.ProblemType;

/** What a generation answers when it is asked for something that cannot be. */
final class Refusal {
  private Refusal() {}

  /** 409 with the reason. */
  static ProblemException of(Generation generation, String reason) {
    return Problem.of(
            ProblemType.GENERATION_STATE, "Generation %d: %s".formatted(generation.id(), reason))
        .exception();
  }

  /** 409 with what it lacks. */
  static ProblemException notWhole(Generation generation, List<String> reasons) {
    boolean isPaused = generation.state() instanceof Building building && building.isPaused();
    return of(
        generation,
        "It is not whole, which force does not overrule: "
            + String.join(" ", reasons)
            + (isPaused ? " It is paused; POST …/resume first." : ""));
  }
}
