package relata.api.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.api.recipe.Recipe;

class DefaultRecipeTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void whatTheUserLeavesOutIsTheDeploymentsDefaultAndThenTheBuiltInOne() throws Exception {
    Recipe recipe =
        clear(
                "{\"split\":{\"mode\":\"whole\"},\"edges\":{\"maxNeighbors\":3},\"describe\":{}}",
                "{\"edges\":{\"minSimilarity\":0.9},\"describe\":null}")
            .draft()
            .recipe();
    assertEquals("whole", recipe.split().mode().text());
    assertEquals(new Recipe.Edges(0.9, 3), recipe.edges());
    assertEquals(100, recipe.split().chunkSize());
    assertEquals(Optional.empty(), recipe.describe());
  }

  @Test
  void defaultIsWrittenAsTheUserAskedForIt() throws Exception {
    RecipeWish.Clear wish = clear("{\"edges\":{\"maxNeighbors\":3}}", "\"default\"");
    assertEquals("\"default\"", wish.written());
    assertEquals(3, wish.draft().recipe().edges().maxNeighbors());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"split\":{\"mode\":\"lines\"}} | split.mode",
        "{\"gate\":{\"minRecall\":2},\"x\":1} | gate.minRecall",
        "[] | JSON object",
        "{ | no JSON"
      })
  void wrongDefaultNamesTheSettingAndTheField(String json, String named) {
    IllegalStateException wrong = assertThrows(IllegalStateException.class, () -> defaults(json));
    assertTrue(wrong.getMessage().contains("relata.recipe.defaults"), wrong::getMessage);
    assertTrue(wrong.getMessage().contains(named), wrong::getMessage);
  }

  private static RecipeWish.Clear clear(String defaults, String written)
      throws JsonProcessingException {
    RecipeWishes wishes = new RecipeWishes(defaults(defaults));
    return assertInstanceOf(RecipeWish.Clear.class, wishes.read(MAPPER.readTree(written)));
  }

  private static DefaultRecipe defaults(String json) {
    return new DefaultRecipe(() -> Optional.of(json), MAPPER);
  }
}
