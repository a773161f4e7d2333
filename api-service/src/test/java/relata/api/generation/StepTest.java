package relata.api.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.generation.GenerationState.Active;
import relata.api.generation.GenerationState.Building;
import relata.api.generation.GenerationState.Cancelled;
import relata.api.generation.GenerationState.Failed;
import relata.api.generation.GenerationState.Retired;

class StepTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(24));
  private static final Duration MARGIN = Duration.ofMinutes(1);
  private static final Building BUILDING = new Building(false, false);
  private static final Building PAUSED = new Building(true, false);
  private static final Building RETURNING = new Building(false, true);
  private static final Retired RETIRED = new Retired(LATER);

  @Test
  void buildingGenerationIsPausedAndResumed() {
    assertEquals(new Step.To(PAUSED), Step.pause(BUILDING));
    assertEquals(new Step.Nothing(), Step.pause(PAUSED));
    assertEquals(new Step.To(BUILDING), Step.resume(PAUSED));
    assertEquals(new Step.Nothing(), Step.resume(BUILDING));
    assertEquals(new Step.To(new Building(true, true)), Step.pause(RETURNING));
  }

  @Test
  void cancelledIsWhatNeverServedAndRetiredWhatDid() {
    assertEquals(new Step.To(new Cancelled()), Step.cancel(BUILDING, LATER));
    assertEquals(new Step.To(new Cancelled()), Step.cancel(PAUSED, LATER));
    assertEquals(new Step.To(RETIRED), Step.cancel(RETURNING, LATER));
    assertEquals(new Step.Nothing(), Step.cancel(new Cancelled(), LATER));
  }

  @Test
  void onlyABuildingGenerationIsSwitchedTo() {
    assertEquals(new Step.To(new Active()), Step.activate(BUILDING));
    assertEquals(new Step.To(new Active()), Step.activate(RETURNING));
    assertEquals(new Step.Nothing(), Step.activate(new Active()));
    Step.Refused refused = assertInstanceOf(Step.Refused.class, Step.activate(RETIRED));
    assertTrue(refused.reason().contains("rollback"), refused::reason);
  }

  @Test
  void retiredGenerationReturnsWhileItIsKeptLongEnough() {
    assertEquals(new Step.To(RETURNING), Step.rollback(RETIRED, NOW, MARGIN));
    assertEquals(
        new Step.To(RETURNING),
        Step.rollback(new Retired(NOW.plus(MARGIN).plusMillis(1)), NOW, MARGIN));
    assertInstanceOf(Step.Refused.class, Step.rollback(new Retired(NOW.plus(MARGIN)), NOW, MARGIN));
    assertEquals(new Step.Nothing(), Step.rollback(RETURNING, NOW, MARGIN));
    assertEquals(new Step.Nothing(), Step.rollback(new Active(), NOW, MARGIN));
  }

  @Test
  void everyOtherStepIsRefusedAndNamesTheState() {
    for (GenerationState state : List.of(new Active(), RETIRED, new Failed("why"))) {
      refuses(state, Step.pause(state));
      refuses(state, Step.resume(state));
      refuses(state, Step.cancel(state, LATER));
    }
    for (GenerationState state : List.of(new Cancelled(), new Failed("why"))) {
      refuses(state, Step.activate(state));
    }
    for (GenerationState state : List.of(BUILDING, new Cancelled(), new Failed("why"))) {
      refuses(state, Step.rollback(state, NOW, MARGIN));
    }
  }

  @Test
  void stateIsReadBackAsItWasWritten() {
    for (GenerationState state :
        List.of(
            BUILDING,
            PAUSED,
            RETURNING,
            new Active(),
            RETIRED,
            new Cancelled(),
            new Failed("why"))) {
      boolean isPaused = state instanceof Building building && building.isPaused();
      boolean wasActive = !(state instanceof Building building) || building.isReturning();
      assertEquals(
          state, GenerationState.of(state.text(), isPaused, wasActive ? NOW : null, LATER, "why"));
    }
  }

  private static void refuses(GenerationState state, Step step) {
    Step.Refused refused = assertInstanceOf(Step.Refused.class, step, state::text);
    assertTrue(refused.reason().contains(state.text()), refused::reason);
  }
}
