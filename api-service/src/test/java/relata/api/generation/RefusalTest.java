package relata.api.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.generation.GenerationState.Building;

class RefusalTest {
  private static final List<String> REASONS = List.of("5 documents are pending or in work.");

  @Test
  void whatIsNotWholeIsWaitedForAndWhatIsPausedIsResumed() {
    assertEquals(
        "Generation 3: It is not whole, which force does not overrule:"
            + " 5 documents are pending or in work.",
        detail(new Building(false, false)));
    assertEquals(
        "Generation 3: It is not whole, which force does not overrule:"
            + " 5 documents are pending or in work. It is paused; POST …/resume first.",
        detail(new Building(true, false)));
  }

  private static String detail(GenerationState state) {
    Generation generation =
        new Generation(3, state, null, "{}", "{}", "{}", null, null, null, null, null);
    return Refusal.notWhole(generation, REASONS).problem().detail();
  }
}
