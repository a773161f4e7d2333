package relata.api.collection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.problem.FieldError;
import relata.api.problem.Problem;
import relata.api.resolution.RecipeWish;
import relata.api.resolution.RecipeWishes;

/**
 * What a client sends to create a collection.
 *
 * @param recipe the parts of the recipe that shall differ from the default, which may be none; or
 *     {@code "default"}, to follow the deployment's default when it changes
 */
@Schema(
    name = "NewCollection",
    examples =
        """
        {"name":"notes","recipe":{"edges":{"minSimilarity":0.5}}}""")
record NewCollection(
    @Schema(required = true, pattern = "[a-z0-9][a-z0-9_-]{0,62}", examples = "notes") String name,
    @Schema(
            ref = "WrittenRecipe",
            examples = {"{\"edges\":{\"minSimilarity\":0.6,\"maxNeighbors\":10}}", "\"default\""})
        JsonNode recipe) {
  /** Where the recipe stands in the request. */
  static final String RECIPE = "recipe.";

  /**
   * What the user wants of the recipe.
   *
   * @throws relata.api.problem.ProblemException 400 naming every field that is wrong
   */
  RecipeWish.Clear checked(RecipeWishes wishes) {
    List<FieldError> errors = new ArrayList<>();
    if (!CollectionName.isValid(name)) {
      errors.add(new FieldError("name", CollectionName.rule()));
    }
    return switch (wishes.read(recipe)) {
      case RecipeWish.Clear clear when errors.isEmpty() -> clear;
      case RecipeWish.Clear _ -> throw Problem.invalid(errors).exception();
      case RecipeWish.Faulty faulty -> {
        errors.addAll(faulty.under(RECIPE));
        throw Problem.invalid(errors).exception();
      }
    };
  }
}
