package relata.api.resolution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import relata.api.json.JsonTree;
import relata.api.recipe.Recipe;
import relata.api.recipe.RecipeReader;
import relata.api.recipe.RecipeReading;

/** Reads back what generations keep of their recipes. */
@Singleton
public final class StoredRecipes {
  private final ObjectMapper mapper;
  private final RecipeWishes wishes;

  StoredRecipes(ObjectMapper mapper, RecipeWishes wishes) {
    this.mapper = mapper;
    this.wishes = wishes;
  }

  /** A complete recipe; fields that older ones lack have their defaults. */
  public Recipe recipe(String json) {
    return switch (RecipeReader.read(JsonTree.fields(tree(json)))) {
      case RecipeReading.Valid(var draft) ->
          draft.resolved(name -> name, draft.writtenPromptSha256().orElse(""));
      case RecipeReading.Invalid(var faults) ->
          throw new IllegalStateException("stored recipe " + faults);
    };
  }

  /** What the user asked for, read over the deployment's default of today. */
  public RecipeWish wish(String written) {
    return wishes.read(tree(written));
  }

  /** Whether the user asked for the deployment's default, whatever that is. */
  public boolean isDefault(String written) {
    JsonNode tree = tree(written);
    return tree.isTextual() && tree.textValue().equals(RecipeWish.DEFAULT);
  }

  /** The model that the user wrote for a part of the recipe, {@code embed} or {@code describe}. */
  public Optional<String> writtenModel(String written, String part) {
    return Optional.ofNullable(tree(written).path(part).path("model").textValue());
  }

  /** The models that aliases stood for. */
  public Map<String, List<String>> aliases(String json) {
    Map<String, List<String>> aliases = new TreeMap<>();
    tree(json)
        .properties()
        .forEach(
            alias ->
                aliases.put(
                    alias.getKey(),
                    alias.getValue().valueStream().map(JsonNode::textValue).toList()));
    return aliases;
  }

  private JsonNode tree(String json) {
    try {
      return mapper.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("the database keeps only JSON", impossible);
    }
  }
}
