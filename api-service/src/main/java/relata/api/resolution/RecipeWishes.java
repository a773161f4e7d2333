package relata.api.resolution;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import relata.api.json.JsonTree;
import relata.api.problem.FieldError;
import relata.api.recipe.CanonicalJson;
import relata.api.recipe.RecipeLayers;
import relata.api.recipe.RecipeReader;
import relata.api.recipe.RecipeReading;

/** Reads recipes as users write them: over the deployment's default, that over what is built in. */
@Singleton
public final class RecipeWishes {
  private final DefaultRecipe defaults;

  RecipeWishes(DefaultRecipe defaults) {
    this.defaults = defaults;
  }

  /**
   * Reads a recipe.
   *
   * @param written an object, the string {@code "default"}, or null for an empty object
   */
  public RecipeWish read(JsonNode written) {
    if (written == null || written.isNull() || written.isMissingNode()) {
      return read("{}", Map.of());
    }
    if (written.isTextual() && written.textValue().equals(RecipeWish.DEFAULT)) {
      return read(CanonicalJson.write(RecipeWish.DEFAULT), Map.of());
    }
    if (!written.isObject()) {
      return new RecipeWish.Faulty(
          List.of(new FieldError(null, "Must be a JSON object, or \"default\".")));
    }
    Map<String, Object> fields = JsonTree.fields(written);
    return read(CanonicalJson.write(fields), fields);
  }

  private RecipeWish read(String json, Map<String, Object> fields) {
    return switch (RecipeReader.read(RecipeLayers.merged(defaults.fields(), fields))) {
      case RecipeReading.Valid(var draft) -> new RecipeWish.Clear(json, draft);
      case RecipeReading.Invalid(var faults) ->
          new RecipeWish.Faulty(
              faults.stream().map(fault -> new FieldError(fault.field(), fault.detail())).toList());
    };
  }
}
