package relata.api.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeLayersTest {
  private static final Map<String, Object> BASE =
      Map.of("describe", Map.of("maxLength", 300), "edges", Map.of("maxNeighbors", 5));

  @Test
  void fieldsOfTheUpperLayerHoldAndTheOthersStay() {
    assertEquals(
        Map.of(
            "describe",
            Map.of("maxLength", 300, "prompt", "v2"),
            "edges",
            Map.of("maxNeighbors", 7),
            "split",
            Map.of("mode", "whole")),
        RecipeLayers.merged(
            BASE,
            Map.of(
                "describe",
                Map.of("prompt", "v2"),
                "edges",
                Map.of("maxNeighbors", 7),
                "split",
                Map.of("mode", "whole"))));
  }

  @Test
  void nullTakesAnObjectAway() {
    Map<String, Object> none = new HashMap<>();
    none.put("describe", null);
    Map<String, Object> merged = RecipeLayers.merged(BASE, none);
    assertTrue(merged.containsKey("describe"));
    assertNull(merged.get("describe"));
    assertEquals(BASE.get("edges"), merged.get("edges"));
  }

  @Test
  void whatIsNoObjectReplacesOneSoThatTheReaderCanRefuseIt() {
    assertEquals("v2", RecipeLayers.merged(BASE, Map.of("describe", "v2")).get("describe"));
  }
}
