package relata.worker.describe;

import java.util.Objects;
import relata.worker.identity.Fingerprint;
import relata.worker.recipe.Recipe;

/**
 * What a model wrote about a document.
 *
 * @param text one line; empty when the model had nothing to say, which is an answer as well: the
 *     same prompt would get the same one
 * @param fingerprint of the prompt that it answers
 * @param recipe how it was asked for
 */
public record Description(String text, Fingerprint fingerprint, Recipe.Describe recipe) {
  public Description {
    Objects.requireNonNull(fingerprint);
    Objects.requireNonNull(recipe);
    Objects.requireNonNull(text);
  }
}
