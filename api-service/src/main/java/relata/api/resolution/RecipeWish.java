package relata.api.resolution;

import java.util.List;
import relata.api.problem.FieldError;
import relata.api.recipe.RecipeDraft;

/** What came of reading what a user wrote as a recipe. */
public sealed interface RecipeWish {
  /** The user asks for the deployment's default, whatever that will be. */
  String DEFAULT = "default";

  /**
   * It is fine.
   *
   * @param written JSON as the user wrote it: an object, or the string {@code "default"}
   */
  record Clear(String written, RecipeDraft draft) implements RecipeWish {}

  /**
   * It is not; every fault is named by its path from the recipe, there is at least one. A fault of
   * the recipe as a whole has no path.
   */
  record Faulty(List<FieldError> errors) implements RecipeWish {
    public Faulty {
      errors = List.copyOf(errors);
    }

    /**
     * The faults by their path from the request, where the recipe stands at {@code path}, a dot.
     */
    public List<FieldError> under(String path) {
      return errors.stream()
          .map(error -> new FieldError(field(path, error.field()), error.detail()))
          .toList();
    }

    private static String field(String path, String field) {
      return field == null ? path.substring(0, path.length() - 1) : path + field;
    }
  }
}
