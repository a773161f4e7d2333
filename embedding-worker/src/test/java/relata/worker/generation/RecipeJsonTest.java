package relata.worker.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.OptionalInt;
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
            Optional.empty(),
            new Recipe.Embed("all-minilm", "d: ", "q: ", OptionalInt.empty()),
            new SplitRule(SplitRule.Mode.WHOLE, 50, 5, Set.of(BlockKind.CODE, BlockKind.TITLE))),
        RecipeJson.read(new JsonObject(COMPLETE)));
  }

  @Test
  void whatIsNotKnownIsRefusedByName() {
    JsonObject recipe = new JsonObject(COMPLETE);
    recipe.put("translate", new JsonObject());
    assertTrue(refusal(recipe).contains("\"translate\""), refusal(recipe));
    JsonObject source = new JsonObject(COMPLETE);
    source.getJsonObject("embed").put("source", "oracle");
    assertTrue(refusal(source).contains("\"oracle\""), refusal(source));
    JsonObject split = new JsonObject(COMPLETE);
    split.getJsonObject("split").getJsonArray("skip").add("poem");
    assertTrue(refusal(split).contains("\"poem\""), refusal(split));
  }

  @Test
  void theDescriptionIsReadAndItsPromptIsToldByItsHash() {
    JsonObject recipe = new JsonObject(COMPLETE);
    recipe.put(
        "describe",
        new JsonObject()
            .put("model", "llama3.2")
            .put("prompt", "v1")
            .put("promptSha256", "AB".repeat(32))
            .put("maxInputLength", 8000)
            .put("maxLength", 600));
    assertEquals(
        Optional.of(new Recipe.Describe("llama3.2", "v1", "ab".repeat(32), 8000, 600)),
        RecipeJson.read(recipe).describe());

    recipe.getJsonObject("describe").remove("promptSha256");
    refusal(recipe);
    recipe.putNull("describe");
    assertEquals(Optional.empty(), RecipeJson.read(recipe).describe());
  }

  @Test
  void vectorsThatTheClientBringsHaveTheRecipesDimension() {
    JsonObject recipe = new JsonObject(COMPLETE);
    recipe.getJsonObject("embed").put("source", "client").put("dimension", 768);
    assertEquals(OptionalInt.of(768), RecipeJson.read(recipe).embed().clientDimension());

    recipe.getJsonObject("embed").remove("dimension");
    refusal(recipe);
  }

  @Test
  void howGenerationsAreComparedAndSearchedIsNotTheWorkersBusiness() {
    JsonObject recipe = new JsonObject(COMPLETE);
    recipe.put("gate", new JsonObject().put("switch", "manual").put("sample", 100));
    recipe.put("index", "opensearch").put("language", "de");
    assertEquals(RecipeJson.read(new JsonObject(COMPLETE)), RecipeJson.read(recipe));
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
