package relata.worker.generation;

import java.util.Objects;
import relata.worker.recipe.Recipe;

/**
 * One collection under one recipe.
 *
 * @param recipeFingerprint SHA-256 of what of the recipe decides about features; never written to
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by id, never by these bytes.
public record Generation(
    long id, long collectionId, String tenant, Recipe recipe, byte[] recipeFingerprint) {
  public Generation {
    Objects.requireNonNull(tenant);
    Objects.requireNonNull(recipe);
    if (recipeFingerprint.length != 32) {
      throw new IllegalArgumentException("A SHA-256 has 32 bytes.");
    }
  }
}
