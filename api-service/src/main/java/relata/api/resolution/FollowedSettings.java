package relata.api.resolution;

import jakarta.inject.Singleton;
import java.util.Map;
import relata.api.model.Aliases;
import relata.api.recipe.CanonicalJson;
import relata.api.recipe.Recipe;
import relata.api.recipe.RecipeReader;
import relata.api.recipe.RecipeReading;

/** What this deployment makes of recipes that follow it: its default recipe and its aliases. */
@Singleton
public final class FollowedSettings {
  private final String json;

  FollowedSettings(DefaultRecipe defaults, Aliases aliases) {
    this.json =
        CanonicalJson.write(
            Map.of("aliases", aliases.candidates(), "recipe", recipe(defaults.fields()).json()));
  }

  /** In canonical JSON: the same settings are spelt alike, built-in defaults included. */
  public String json() {
    return json;
  }

  private static Recipe recipe(Map<String, Object> fields) {
    return switch (RecipeReader.read(fields)) {
      case RecipeReading.Valid(var draft) ->
          draft.resolved(name -> name, draft.writtenPromptSha256().orElse(""));
      case RecipeReading.Invalid(var faults) ->
          throw new IllegalStateException("the start checks the default recipe " + faults);
    };
  }
}
