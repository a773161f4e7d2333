package relata.worker.generation;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import relata.worker.recipe.Recipe;
import relata.worker.split.BlockKind;
import relata.worker.split.SplitRule;

/**
 * Reads the recipe that api-service stored with a generation: complete, with its defaults filled
 * in. An unknown part is refused, since features made without it would not be what was asked for.
 */
final class RecipeJson {
  private RecipeJson() {}

  /**
   * The recipe.
   *
   * @throws IllegalArgumentException naming the field
   */
  static Recipe read(JsonObject json) {
    only(json, "recipe", Set.of("embed", "split", "edges"));
    JsonObject embed = part(json, "embed", Set.of("model", "documentPrefix", "queryPrefix"));
    JsonObject split = part(json, "split", Set.of("mode", "chunkSize", "overlap", "skip"));
    try {
      Set<BlockKind> skip = new LinkedHashSet<>();
      split.getJsonArray("skip").forEach(kind -> skip.add(BlockKind.of(String.valueOf(kind))));
      return new Recipe(
          new Recipe.Embed(
              embed.getString("model"),
              embed.getString("documentPrefix"),
              embed.getString("queryPrefix")),
          new SplitRule(
              SplitRule.Mode.valueOf(split.getString("mode").toUpperCase(Locale.ROOT)),
              split.getInteger("chunkSize"),
              split.getInteger("overlap"),
              skip));
    } catch (NullPointerException | ClassCastException malformed) {
      throw new IllegalArgumentException("The recipe is not complete.", malformed);
    }
  }

  private static JsonObject part(JsonObject json, String name, Set<String> fields) {
    if (!(json.getValue(name) instanceof JsonObject part)) {
      throw new IllegalArgumentException("The recipe has no \"" + name + "\".");
    }
    only(part, name, fields);
    return part;
  }

  private static void only(JsonObject json, String name, Set<String> fields) {
    for (String field : json.fieldNames()) {
      if (!fields.contains(field)) {
        throw new IllegalArgumentException(
            "This worker does not know \"%s\" of \"%s\".".formatted(field, name));
      }
    }
  }
}
