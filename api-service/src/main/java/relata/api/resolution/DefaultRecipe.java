package relata.api.resolution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Collectors;
import relata.api.json.JsonTree;
import relata.api.recipe.RecipeReader;
import relata.api.recipe.RecipeReading;

/** The deployment's default recipe. It is checked at the start, and a wrong one ends it. */
@Singleton
@Startup
final class DefaultRecipe {
  private static final String SETTING = "relata.recipe.defaults";

  private final Map<String, Object> fields;

  DefaultRecipe(RecipeConfig config, ObjectMapper mapper) {
    this.fields = checked(config.defaults().orElse("{}"), mapper);
  }

  /** What it says; the built-in defaults fill in the rest. */
  Map<String, Object> fields() {
    return fields;
  }

  private static Map<String, Object> checked(String json, ObjectMapper mapper) {
    Map<String, Object> fields = JsonTree.fields(object(json, mapper));
    return switch (RecipeReader.read(fields)) {
      case RecipeReading.Valid _ -> fields;
      case RecipeReading.Invalid(var faults) ->
          throw new IllegalStateException(
              faults.stream()
                  .map(fault -> "%s: %s: %s".formatted(SETTING, fault.field(), fault.detail()))
                  .collect(Collectors.joining(" ")));
    };
  }

  private static JsonNode object(String json, ObjectMapper mapper) {
    try {
      JsonNode tree = mapper.readTree(json);
      if (tree.isObject()) {
        return tree;
      }
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException(
          SETTING + ": no JSON: " + malformed.getOriginalMessage(), malformed);
    }
    throw new IllegalStateException(SETTING + ": must be a JSON object, a partial recipe");
  }
}
