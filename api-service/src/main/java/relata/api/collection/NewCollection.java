package relata.api.collection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.json.JsonTree;
import relata.api.problem.FieldError;
import relata.api.problem.Problem;
import relata.api.recipe.Recipe;
import relata.api.recipe.RecipeReader;
import relata.api.recipe.RecipeReading;

/**
 * What a client sends to create a collection.
 *
 * @param recipe the parts of the recipe that shall differ from the default; may be left out
 */
record NewCollection(
    @Schema(required = true, pattern = "[a-z0-9][a-z0-9_-]{0,62}", examples = "notes") String name,
    @Schema(
            type = SchemaType.OBJECT,
            implementation = Object.class,
            examples = "{\"edges\":{\"minSimilarity\":0.6,\"maxNeighbors\":10}}")
        ObjectNode recipe) {

  /**
   * The complete recipe.
   *
   * @throws relata.api.problem.ProblemException 400 naming every field that is wrong
   */
  Recipe checked() {
    List<FieldError> errors = new ArrayList<>();
    if (!CollectionName.isValid(name)) {
      errors.add(new FieldError("name", CollectionName.rule()));
    }
    Map<String, Object> fields = recipe == null ? Map.of() : JsonTree.fields(recipe);
    return switch (RecipeReader.read(fields)) {
      case RecipeReading.Valid valid when errors.isEmpty() -> valid.recipe();
      case RecipeReading.Valid valid -> throw Problem.invalid(errors).exception();
      case RecipeReading.Invalid invalid -> {
        for (RecipeReading.Fault fault : invalid.faults()) {
          errors.add(new FieldError("recipe." + fault.field(), fault.detail()));
        }
        throw Problem.invalid(errors).exception();
      }
    };
  }
}
