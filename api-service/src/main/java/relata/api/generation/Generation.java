package relata.api.generation;

import java.time.Instant;
import relata.api.recipe.Recipe;

/**
 * A collection under one recipe.
 *
 * @param recipeJson the recipe as it is stored
 * @param written JSON of what the user asked for
 * @param aliases JSON of the models that the recipe's aliases stood for
 * @param report JSON of how it compared; null if that was not looked at
 * @param activatedAt when it was switched to last; null if never
 * @param eraseAfter from when on its features may be erased; null while it is kept
 */
public record Generation(
    long id,
    GenerationState state,
    Recipe recipe,
    String recipeJson,
    String written,
    String aliases,
    String report,
    Instant createdAt,
    Instant activatedAt,
    Instant retiredAt,
    Instant eraseAfter) {}
