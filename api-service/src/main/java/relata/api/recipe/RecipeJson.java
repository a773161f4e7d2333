package relata.api.recipe;

import java.util.Map;
import java.util.TreeMap;

/** The fields of a recipe, as they are spelt. */
final class RecipeJson {
  private RecipeJson() {}

  static Map<String, Object> complete(Recipe recipe) {
    Map<String, Object> fields = features(recipe);
    fields.put("edges", edges(recipe.edges()));
    if (recipe.index() != IndexKind.EMBEDDED) {
      fields.put("index", recipe.index().text());
    }
    if (recipe.language() != Language.EN) {
      fields.put("language", recipe.language().text());
    }
    fields.put("gate", gate(recipe.gate()));
    return fields;
  }

  /**
   * What features follow from. A field that older recipes do not have is written only where it
   * differs from what they mean, so that their fingerprints stay as they are.
   */
  static Map<String, Object> features(Recipe recipe) {
    Map<String, Object> fields = new TreeMap<>();
    recipe.describe().ifPresent(describe -> fields.put("describe", describe(describe)));
    fields.put("embed", embed(recipe.embed()));
    fields.put("split", split(recipe.split()));
    return fields;
  }

  private static Map<String, Object> describe(Recipe.Describe describe) {
    return Map.of(
        "model", describe.model(),
        "prompt", describe.prompt(),
        "promptSha256", describe.promptSha256(),
        "maxInputLength", describe.maxInputLength(),
        "maxLength", describe.maxLength());
  }

  private static Map<String, Object> embed(Recipe.Embed embed) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("model", embed.model());
    fields.put("documentPrefix", embed.documentPrefix());
    fields.put("queryPrefix", embed.queryPrefix());
    embed
        .clientDimension()
        .ifPresent(
            dimension -> {
              fields.put("source", RecipeReader.CLIENT);
              fields.put("dimension", dimension);
            });
    return fields;
  }

  private static Map<String, Object> split(Recipe.Split split) {
    return Map.of(
        "mode",
        split.mode().text(),
        "chunkSize",
        split.chunkSize(),
        "overlap",
        split.overlap(),
        "skip",
        split.skip().stream().map(BlockKind::text).toList());
  }

  private static Map<String, Object> edges(Recipe.Edges edges) {
    return Map.of("minSimilarity", edges.minSimilarity(), "maxNeighbors", edges.maxNeighbors());
  }

  private static Map<String, Object> gate(Recipe.Gate gate) {
    return Map.of(
        "switch", gate.switchMode().text(),
        "minOverlap", gate.minOverlap(),
        "minRecall", gate.minRecall(),
        "minNdcg", gate.minNdcg(),
        "minEdgeOverlap", gate.minEdgeOverlap(),
        "sample", gate.sample());
  }
}
