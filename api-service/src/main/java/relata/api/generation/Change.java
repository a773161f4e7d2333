package relata.api.generation;

import java.util.Locale;
import relata.api.recipe.Recipe;

/** How much of what one recipe made another one has to make anew. */
enum Change {
  NONE,
  EDGES,
  DESCRIPTIONS,
  EVERYTHING;

  /** As it is spelt in answers. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Compares two recipes.
   *
   * @param isOtherModel the model server has another model than before under the same name
   */
  static Change between(Recipe before, Recipe after, boolean isOtherModel) {
    if (isOtherModel
        || !before.embed().equals(after.embed())
        || !before.split().equals(after.split())) {
      return EVERYTHING;
    }
    if (!before.describe().equals(after.describe())) {
      return DESCRIPTIONS;
    }
    return before.edges().equals(after.edges()) ? NONE : EDGES;
  }
}
