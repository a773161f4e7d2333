package relata.worker.generation;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
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
    only(
        json, "recipe", Set.of("describe", "embed", "split", "edges", "index", "language", "gate"));
    try {
      Optional<Recipe.Describe> describe =
          json.getValue("describe") == null ? Optional.empty() : Optional.of(describe(json));
      return new Recipe(describe, embed(json), split(json));
    } catch (NullPointerException | ClassCastException malformed) {
      throw new IllegalArgumentException("The recipe is not complete.", malformed);
    }
  }

  private static Recipe.Describe describe(JsonObject json) {
    JsonObject describe =
        part(
            json,
            "describe",
            Set.of("model", "prompt", "promptSha256", "maxInputLength", "maxLength"));
    return new Recipe.Describe(
        describe.getString("model"),
        describe.getString("prompt"),
        describe.getString("promptSha256").toLowerCase(Locale.ROOT),
        describe.getInteger("maxInputLength"),
        describe.getInteger("maxLength"));
  }

  private static Recipe.Embed embed(JsonObject json) {
    JsonObject embed =
        part(
            json, "embed", Set.of("model", "documentPrefix", "queryPrefix", "source", "dimension"));
    return new Recipe.Embed(
        embed.getString("model"),
        embed.getString("documentPrefix"),
        embed.getString("queryPrefix"),
        clientDimension(embed));
  }

  private static OptionalInt clientDimension(JsonObject embed) {
    return switch (embed.getString("source", "model")) {
      case "model" -> OptionalInt.empty();
      case "client" -> OptionalInt.of(embed.getInteger("dimension"));
      case String other ->
          throw new IllegalArgumentException(
              "This worker does not know the embed.source \"%s\".".formatted(other));
    };
  }

  private static SplitRule split(JsonObject json) {
    JsonObject split = part(json, "split", Set.of("mode", "chunkSize", "overlap", "skip"));
    Set<BlockKind> skip = new LinkedHashSet<>();
    split.getJsonArray("skip").forEach(kind -> skip.add(BlockKind.of(String.valueOf(kind))));
    return new SplitRule(
        SplitRule.Mode.valueOf(split.getString("mode").toUpperCase(Locale.ROOT)),
        split.getInteger("chunkSize"),
        split.getInteger("overlap"),
        skip);
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
