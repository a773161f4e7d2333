package relata.worker.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import org.junit.jupiter.api.Test;
import relata.worker.recipe.Recipe;
import relata.worker.split.BlockKind;
import relata.worker.split.SplitRule;

class RecipeJsonTest {
  private static final String COMPLETE =
      """
      {"embed":{"model":"all-minilm","documentPrefix":"d: ","queryPrefix":"q: "},
       "split":{"mode":"whole","chunkSize":50,"overlap":5,"skip":["code","title"]},
       "edges":{"minSimilarity":0.6,"maxNeighbors":10}}
      """;

  @Test
  void aCompleteRecipeIsRead() {
    assertEquals(
        new Recipe(
            new Recipe.Embed("all-minilm", "d: ", "q: "),
            new SplitRule(SplitRule.Mode.WHOLE, 50, 5, Set.of(BlockKind.CODE, BlockKind.TITLE))),
        RecipeJson.read(new JsonObject(COMPLETE)));
  }

  @Test
  void whatIsNotKnownIsRefusedByName() {
    JsonObject recipe = new JsonObject(COMPLETE);
    recipe.put("describe", new JsonObject());
    assertTrue(refusal(recipe).contains("\"describe\""), refusal(recipe));
    JsonObject split = new JsonObject(COMPLETE);
    split.getJsonObject("split").getJsonArray("skip").add("poem");
    assertTrue(refusal(split).contains("\"poem\""), refusal(split));
  }

  @Test
  void whatIsMissingIsRefused() {
    JsonObject noSplit = new JsonObject(COMPLETE);
    noSplit.remove("split");
    assertTrue(refusal(noSplit).contains("\"split\""), refusal(noSplit));
    JsonObject noSize = new JsonObject(COMPLETE);
    noSize.getJsonObject("split").remove("chunkSize");
    refusal(noSize);
    JsonObject wrongType = new JsonObject(COMPLETE);
    wrongType.getJsonObject("split").put("chunkSize", "many");
    refusal(wrongType);
  }

  private static String refusal(JsonObject recipe) {
    return assertThrows(IllegalArgumentException.class, () -> RecipeJson.read(recipe)).getMessage();
  }
}
