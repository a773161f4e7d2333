package relata.worker.describe;

import java.util.Objects;
import relata.worker.identity.Fingerprint;
import relata.worker.recipe.Recipe;

/**
 * What a model wrote about a document.
 *
 * @param text one line, never blank
 * @param fingerprint of the prompt that it answers
 * @param recipe how it was asked for
 */
public record Description(String text, Fingerprint fingerprint, Recipe.Describe recipe) {
  public Description {
    Objects.requireNonNull(fingerprint);
    Objects.requireNonNull(recipe);
    if (text.isBlank()) {
      throw new IllegalArgumentException("A description has text.");
    }
  }
}
