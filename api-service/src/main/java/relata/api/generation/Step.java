package relata.api.generation;

import java.time.Duration;
import java.time.Instant;
import relata.api.generation.GenerationState.Active;
import relata.api.generation.GenerationState.Building;
import relata.api.generation.GenerationState.Cancelled;
import relata.api.generation.GenerationState.Failed;
import relata.api.generation.GenerationState.Retired;

/** What comes of asking a generation for a step of its life. */
sealed interface Step {
  /** It goes there. */
  record To(GenerationState state) implements Step {}

  /** It is there already. */
  record Nothing() implements Step {}

  /** It cannot, one sentence why. */
  record Refused(String reason) implements Step {}

  static Step pause(GenerationState state) {
    return switch (state) {
      case Building building when building.isPaused() -> new Nothing();
      case Building building -> new To(building.paused());
      case Active _, Retired _, Cancelled _, Failed _ -> onlyBuilding("paused", state);
    };
  }

  static Step resume(GenerationState state) {
    return switch (state) {
      case Building building when building.isPaused() -> new To(building.resumed());
      case Building _ -> new Nothing();
      case Active _, Retired _, Cancelled _, Failed _ -> onlyBuilding("resumed", state);
    };
  }

  static Step cancel(GenerationState state, Instant eraseAfter) {
    return switch (state) {
      case Building building -> new To(building.cancelled(eraseAfter));
      case Cancelled _ -> new Nothing();
      case Active _, Retired _, Failed _ -> onlyBuilding("cancelled", state);
    };
  }

  /** Whether it is whole and passes the gate is not asked here. */
  static Step activate(GenerationState state) {
    return switch (state) {
      case Building building -> new To(building.activated());
      case Active _ -> new Nothing();
      case Retired _ ->
          new Refused("It is retired; POST …/rollback to it, and it catches up first.");
      case Cancelled _, Failed _ -> onlyBuilding("switched to", state);
    };
  }

  /** Back to a generation that was served; one that is served now is where it goes already. */
  static Step rollback(GenerationState state, Instant now, Duration margin) {
    return switch (state) {
      case Retired retired when retired.eraseAfter().minus(margin).isAfter(now) ->
          new To(retired.returning());
      case Retired _ -> new Refused("It is erased, or about to be, and cannot be served again.");
      case Building building when building.isReturning() -> new Nothing();
      case Active _ -> new Nothing();
      case Building _, Cancelled _, Failed _ ->
          new Refused(
              "Only a retired generation can be rolled back to; this one is %s."
                  .formatted(state.text()));
    };
  }

  private static Refused onlyBuilding(String done, GenerationState state) {
    return new Refused(
        "Only a building generation can be %s; this one is %s.".formatted(done, state.text()));
  }
}
