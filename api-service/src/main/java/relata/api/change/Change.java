package relata.api.change;

import java.util.Locale;
import relata.api.recipe.Recipe;

/** How much of what one recipe made another one has to make anew. */
enum Change {
  NONE,
  /** All is made anew as it is: what was made by the same is reused, and no model is called. */
  REBUILD,
  /** Nothing but how it is kept to be searched: where, and by the words of which language. */
  INDEX,
  EDGES,
  DESCRIPTIONS,
  EVERYTHING;

  /** The same when a generation is made in any case. */
  Change rebuilt() {
    return this == NONE ? REBUILD : this;
  }

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
    if (!before.edges().equals(after.edges())) {
      return EDGES;
    }
    return before.index() == after.index() && before.language() == after.language() ? NONE : INDEX;
  }
}
