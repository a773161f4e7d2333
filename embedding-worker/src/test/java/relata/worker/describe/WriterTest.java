package relata.worker.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import relata.worker.model.TextModel;
import relata.worker.recipe.Recipe;

class WriterTest {
  @Test
  void anAnswerIsBoundedByTheLengthThatIsWanted() {
    assertEquals(new TextModel.Request("writer", "prompt", 332, 4096), request(8000, 600));
    assertEquals(52, request(8000, 40).maxTokens());
  }

  @Test
  void theContextDependsOnTheRecipeAloneAndGrowsInSteps() {
    assertEquals(2048, request(200, 40).contextTokens());
    assertEquals(36_864, request(100_000, 4000).contextTokens());
    assertEquals(
        request(8000, 600).contextTokens(),
        Writer.request(recipe(8000, 600), "another, longer prompt").contextTokens());
  }

  private static TextModel.Request request(int maxInputLength, int maxLength) {
    return Writer.request(recipe(maxInputLength, maxLength), "prompt");
  }

  private static Recipe.Describe recipe(int maxInputLength, int maxLength) {
    return new Recipe.Describe("writer", "v1", "0".repeat(64), maxInputLength, maxLength);
  }
}
