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

  /** It is not; every fault is named by its path from the recipe, there is at least one. */
  record Faulty(List<FieldError> errors) implements RecipeWish {
    public Faulty {
      errors = List.copyOf(errors);
    }

    /** The faults by their path from the request, where the recipe stands at {@code path}. */
    public List<FieldError> under(String path) {
      return errors.stream()
          .map(error -> new FieldError(join(path, error.field()), error.detail()))
          .toList();
    }

    private static String join(String path, String field) {
      String joined = path + field;
      return joined.endsWith(".") ? joined.substring(0, joined.length() - 1) : joined;
    }
  }
}
