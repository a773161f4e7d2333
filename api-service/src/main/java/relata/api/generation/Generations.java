package relata.api.generation;

import java.util.List;
import java.util.Optional;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;

/** The generations of one collection, newest first, as of one moment. */
public record Generations(List<Generation> all) {
  public Generations {
    all = List.copyOf(all);
  }

  /** The one that is served: every collection has one. */
  public Generation active() {
    return all.stream()
        .filter(generation -> generation.state() instanceof GenerationState.Active)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a collection without active generation"));
  }

  /** The one that is to take its place. */
  public Optional<Generation> building() {
    return all.stream()
        .filter(generation -> generation.state() instanceof GenerationState.Building)
        .findFirst();
  }

  /** The one that is to be served: the building one, else the active one. */
  public Generation wanted() {
    return building().orElseGet(this::active);
  }

  /** The one of this id; fails with the 404 that names it. */
  Generation require(long id) {
    return all.stream()
        .filter(generation -> generation.id() == id)
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(
                        ProblemType.UNKNOWN_GENERATION,
                        "The collection has no generation %d.".formatted(id))
                    .exception());
  }
}
