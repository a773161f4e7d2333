package relata.worker.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import relata.worker.split.SplitRule;

class RecipeTest {
  private static final String HASH = "0".repeat(64);
  private static final SplitRule SPLIT = new SplitRule(SplitRule.Mode.BLOCKS, 100, 0, Set.of());

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
  void itsModelsAreThoseThatItsDocumentsNeed() {
    Recipe.Embed embed = new Recipe.Embed("embedder", "", "", OptionalInt.empty());
    Recipe.Embed client = new Recipe.Embed("embedder", "", "", OptionalInt.of(3));
    Optional<Recipe.Describe> describe =
        Optional.of(new Recipe.Describe("writer", "v1", HASH, 8000, 600));
    assertEquals(List.of("embedder"), new Recipe(Optional.empty(), embed, SPLIT).models());
    assertEquals(List.of("writer", "embedder"), new Recipe(describe, embed, SPLIT).models());
    assertEquals(List.of("writer"), new Recipe(describe, client, SPLIT).models());
    assertEquals(List.of(), new Recipe(Optional.empty(), client, SPLIT).models());
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
