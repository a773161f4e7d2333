package relata.worker.describe;

import java.util.Objects;
import relata.worker.claim.Claimed;
import relata.worker.generation.Generation;
import relata.worker.recipe.Recipe;

/**
 * A document that is to be described.
 *
 * @param body what a reader reads of it, without markup
 */
public record Subject(
    Claimed document, Generation generation, Recipe.Describe recipe, String title, String body) {
  public Subject {
    Objects.requireNonNull(document);
    Objects.requireNonNull(generation);
    Objects.requireNonNull(recipe);
    Objects.requireNonNull(title);
    Objects.requireNonNull(body);
  }
}
