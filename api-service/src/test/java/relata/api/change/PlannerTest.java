package relata.api.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.api.generation.Generation;
import relata.api.generation.GenerationState;
import relata.api.generation.Generations;
import relata.api.model.Models;
import relata.api.problem.ProblemException;
import relata.api.recipe.Recipe;
import relata.api.resolution.Availability;
import relata.api.resolution.MissingModels;

class PlannerTest {
  private static final Recipe PLAIN = recipe(Map.of("embed", Map.of("model", "mini")));
  private static final Recipe LARGE = recipe(Map.of("embed", Map.of("model", "large")));
  private static final Availability KNOWN = known("mini:latest", "d1", 10.0);
  private static final PlanQuery.Facts FACTS =
      new PlanQuery.Facts(new ModelWork.Stored(10, 8_000, 10, 0, 50), Optional.of("d1"));

  private static final Generations GENERATIONS =
      new Generations(
          List.of(
              new Generation(
                  1,
                  new GenerationState.Active(),
                  PLAIN,
                  PLAIN.json(),
                  "{}",
                  "{}",
                  null,
                  Instant.EPOCH,
                  Instant.EPOCH,
                  null,
                  null)));

  @Test
  void timeIsTheWorkAtTheMeasuredRate() {
    Plan plan = plan(LARGE, known("large", "d2", 20.0), false);
    assertEquals("everything", plan.change());
    assertEquals(50, plan.chunksToEmbed());
    assertEquals(3, plan.estimatedSeconds());
    assertEquals(List.of(), plan.warnings());
  }

  @Test
  void timeIsNotKnownWithoutARateThatIsNeeded() {
    assertNull(plan(LARGE, known("large", "d2", null), false).estimatedSeconds());
    Plan unknown = plan(LARGE, Availability.UNKNOWN, false);
    assertNull(unknown.estimatedSeconds());
    assertEquals(1, unknown.warnings().size());
    Recipe edges =
        recipe(Map.of("embed", Map.of("model", "mini"), "edges", Map.of("maxNeighbors", 3)));
    assertEquals(0, plan(edges, known("mini", "d1", null), false).estimatedSeconds());
  }

  @Test
  void whatIsSameMakesNothingUnlessItIsRebuilt() {
    Plan same = plan(PLAIN, KNOWN, false);
    assertEquals("none", same.change());
    assertEquals(List.of(), same.warnings());
    Plan rebuilt = plan(PLAIN, KNOWN, true);
    assertEquals("rebuild", rebuilt.change());
    assertEquals(0, rebuilt.chunksToEmbed());
  }

  @Test
  void modelThatWasReplacedUnderItsNameIsWarnedOfAndEmbedsAnewWhenRebuilt() {
    Availability other = known("mini", "d2", 10.0);
    Plan same = plan(PLAIN, other, false);
    assertEquals("none", same.change());
    assertTrue(same.warnings().getFirst().contains("rebuild"), same.warnings()::toString);
    Plan rebuilt = plan(PLAIN, other, true);
    assertEquals("everything", rebuilt.change());
    assertEquals(50, rebuilt.chunksToEmbed());
  }

  @Test
  void whatTheActiveGenerationLacksTooIsSaidToBeMadeOnce() {
    Recipe edges =
        recipe(Map.of("embed", Map.of("model", "mini"), "edges", Map.of("maxNeighbors", 3)));
    PlanQuery.Facts importing =
        new PlanQuery.Facts(new ModelWork.Stored(10, 8_000, 5, 0, 25), Optional.of("d1"));
    Plan plan = Planner.plan(GENERATIONS, edges, importing, KNOWN, false);
    assertEquals(25, plan.chunksToEmbed());
    assertTrue(
        plan.warnings().getLast().startsWith("About 25 of the chunks"), plan.warnings()::toString);
  }

  @Test
  void modelThatIsNotThereIsRefusedWithThoseThatAre() {
    MissingModels.refuse(PLAIN, KNOWN);
    MissingModels.refuse(LARGE, Availability.UNKNOWN);
    ProblemException refused =
        assertThrows(ProblemException.class, () -> MissingModels.refuse(LARGE, KNOWN));
    assertEquals(409, refused.problem().status());
    assertEquals(
        "The model server has no model 'large': pull it there, or name one that it has: mini:latest.",
        refused.problem().detail());
  }

  private static Plan plan(Recipe wanted, Availability models, boolean isRebuild) {
    return Planner.plan(GENERATIONS, wanted, FACTS, models, isRebuild);
  }

  private static Recipe recipe(Map<String, Object> fields) {
    return ModelWorkTest.recipe(fields);
  }

  private static Availability known(String name, String digest, Double rate) {
    return new Availability(
        Optional.of(List.of(new Models.Model(name, digest, true, 1, 0, false, rate, rate, null))));
  }
}
