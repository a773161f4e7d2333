package relata.worker.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RecipeTest {
  private static final String HASH = "0".repeat(64);

  @Test
  void prefixesStandBeforeWhatTheModelIsGivenAndNowhereElse() {
    Recipe.Embed embed =
        new Recipe.Embed(
            "model",
            "Represent this knowledge base section for retrieval: ",
            "query: ",
            OptionalInt.empty());
    assertEquals(
        "Represent this knowledge base section for retrieval: Green tea",
        embed.documentInput("Green tea"));
    assertEquals("query: green tea", embed.queryInput("green tea"));
  }

  @Test
  void whatNobodyCanDoIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Recipe.Describe("writer", "v1", "no hash", 8000, 600));
    assertThrows(
        IllegalArgumentException.class, () -> new Recipe.Describe("writer", "v1", HASH, 8000, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Recipe.Embed("embedder", "", "", OptionalInt.of(0)));
  }
}
