package relata.api.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.api.recipe.Recipe;
import relata.api.recipe.RecipeReader;
import relata.api.recipe.RecipeReading;

class ModelWorkTest {
  private static final Recipe PLAIN = recipe(Map.of());
  private static final Recipe DESCRIBED = recipe(Map.of("describe", Map.of()));

  /** Ten documents, all made, five chunks each. */
  private static final ModelWork.Stored PLAINLY = new ModelWork.Stored(10, 8_000, 10, 0, 50);

  private static final ModelWork.Stored DESCRIBEDLY = new ModelWork.Stored(10, 8_000, 10, 10, 50);

  @Test
  void edgesAskForNothing() {
    Recipe other = recipe(Map.of("edges", Map.of("maxNeighbors", 3)));
    assertEquals(Change.EDGES, Change.between(PLAIN, other, false));
    assertEquals(ModelWork.NONE, ModelWork.of(PLAIN, other, PLAINLY, false));
  }

  @Test
  void gateIsNoChange() {
    Recipe other = recipe(Map.of("gate", Map.of("minRecall", 0.5)));
    assertEquals(Change.NONE, Change.between(PLAIN, other, false));
  }

  @Test
  void descriptionsThatAreNewAreWrittenAndEmbeddedAndNothingElse() {
    assertEquals(Change.DESCRIPTIONS, Change.between(PLAIN, DESCRIBED, false));
    assertEquals(new ModelWork(10, 10, 0, false), ModelWork.of(PLAIN, DESCRIBED, PLAINLY, false));
    Recipe unembedded =
        recipe(Map.of("describe", Map.of(), "split", Map.of("skip", List.of("description"))));
    assertEquals(0, ModelWork.of(PLAIN, unembedded, PLAINLY, false).chunksToEmbed());
    Recipe otherPrompt = recipe(Map.of("describe", Map.of("prompt", "v2")));
    assertEquals(Change.DESCRIPTIONS, Change.between(DESCRIBED, otherPrompt, false));
    assertEquals(
        new ModelWork(10, 10, 0, false), ModelWork.of(DESCRIBED, otherPrompt, DESCRIBEDLY, false));
  }

  @Test
  void descriptionsThatAreNotWantedAnyMoreCostNothing() {
    assertEquals(Change.DESCRIPTIONS, Change.between(DESCRIBED, PLAIN, false));
    assertEquals(ModelWork.NONE, ModelWork.of(DESCRIBED, PLAIN, DESCRIBEDLY, false));
  }

  @Test
  void anotherModelEmbedsEverythingAndKeepsTheDescriptions() {
    Recipe other = recipe(Map.of("describe", Map.of(), "embed", Map.of("model", "bge-m3")));
    assertEquals(Change.EVERYTHING, Change.between(DESCRIBED, other, false));
    assertEquals(
        new ModelWork(0, 60, 0, false), ModelWork.of(DESCRIBED, other, DESCRIBEDLY, false));
  }

  @Test
  void anotherModelUnderTheSameNameIsAnotherModel() {
    assertEquals(Change.EVERYTHING, Change.between(PLAIN, PLAIN, true));
    assertEquals(new ModelWork(0, 50, 0, false), ModelWork.of(PLAIN, PLAIN, PLAINLY, true));
  }

  @Test
  void queryPrefixChangesNoStoredVector() {
    Recipe other = recipe(Map.of("embed", Map.of("queryPrefix", "query: ")));
    assertEquals(Change.EVERYTHING, Change.between(PLAIN, other, false));
    assertEquals(ModelWork.NONE, ModelWork.of(PLAIN, other, PLAINLY, false));
  }

  @Test
  void skippingMoreReusesWhatIsLeft() {
    Recipe other = recipe(Map.of("split", Map.of("skip", List.of("code"))));
    assertEquals(Change.EVERYTHING, Change.between(PLAIN, other, false));
    assertEquals(ModelWork.NONE, ModelWork.of(PLAIN, other, PLAINLY, false));
  }

  @Test
  void anotherSplitIsAnEstimate() {
    Recipe whole = recipe(Map.of("split", Map.of("mode", "whole")));
    ModelWork work = ModelWork.of(PLAIN, whole, PLAINLY, false);
    assertTrue(work.isEstimate());
    // 8,000 characters are about 2,000 tokens, in steps of 80, and ten titles.
    assertEquals(35, work.chunksToEmbed());
  }

  @Test
  void vectorsOfTheClientAskForNothing() {
    Recipe client = recipe(Map.of("embed", Map.of("source", "client", "dimension", 3)));
    assertEquals(ModelWork.NONE, ModelWork.of(PLAIN, client, PLAINLY, false));
    assertTrue(ModelWork.of(client, PLAIN, PLAINLY, false).isEstimate());
  }

  @Test
  void documentsThatAreNotMadeYetAreEstimatedByTheOthers() {
    Recipe other = recipe(Map.of("edges", Map.of("maxNeighbors", 3)));
    ModelWork.Stored half = new ModelWork.Stored(10, 8_000, 5, 0, 25);
    assertEquals(new ModelWork(0, 25, 25, true), ModelWork.of(PLAIN, other, half, false));
    Recipe large = recipe(Map.of("embed", Map.of("model", "bge-m3")));
    assertEquals(new ModelWork(0, 50, 0, true), ModelWork.of(PLAIN, large, half, false));
  }

  static Recipe recipe(Map<String, Object> fields) {
    return assertInstanceOf(RecipeReading.Valid.class, RecipeReader.read(fields))
        .draft()
        .resolved(name -> name, "00");
  }
}
