package relata.api.generation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import relata.api.collection.FoundCollection;
import relata.api.generation.RecipeChange.Outcome;
import relata.api.recipe.Recipe;
import relata.api.recipe.RecipeDraft;
import relata.api.resolution.Availability;
import relata.api.resolution.RecipeResolution;
import relata.api.resolution.RecipeWish;
import relata.api.resolution.ResolvedRecipe;
import relata.api.resolution.StoredRecipes;

/**
 * What a collection's recipe has become when the deployment's default or its aliases changed. What
 * did not change stays as it was resolved, whichever models there are today.
 */
@Singleton
final class Following {
  private final Pool pool;
  private final GenerationRows rows;
  private final StoredRecipes stored;
  private final RecipeResolution resolution;
  private final RecipeChange change;

  Following(
      Pool pool,
      GenerationRows rows,
      StoredRecipes stored,
      RecipeResolution resolution,
      RecipeChange change) {
    this.pool = pool;
    this.rows = rows;
    this.stored = stored;
    this.resolution = resolution;
    this.change = change;
  }

  /** Makes a new generation of the collection if it needs one; empty if nothing changed for it. */
  Uni<Optional<Outcome>> follow(FoundCollection collection, Availability models) {
    // The newest one, whatever became of it: who rolled back, or cancelled, is not asked again.
    return rows.page(pool, collection.id(), Long.MAX_VALUE, 1)
        .chain(
            page ->
                page.isEmpty()
                    ? Uni.createFrom().item(Optional.<Outcome>empty())
                    : follow(collection, page.getFirst(), models));
  }

  private Uni<Optional<Outcome>> follow(
      FoundCollection collection, Generation newest, Availability models) {
    RecipeWish.Clear wish = wish(newest);
    Map<String, List<String>> before = stored.aliases(newest.aliases());
    return resolution
        .resolve(wish, "", models, pinned(newest, wish.draft(), before))
        .chain(
            wanted ->
                isAsBefore(newest, wanted, before)
                    ? Uni.createFrom().item(Optional.<Outcome>empty())
                    : change.ifStill(collection, found -> isNewest(newest, found), wanted, false));
  }

  private static boolean isNewest(Generation generation, Generations found) {
    return found.all().getFirst().id() <= generation.id();
  }

  private static boolean isAsBefore(
      Generation newest, ResolvedRecipe wanted, Map<String, List<String>> before) {
    return newest.recipe().equals(wanted.recipe()) && wanted.aliases().equals(before);
  }

  private RecipeWish.Clear wish(Generation newest) {
    if (stored.isDefault(newest.written())
        && stored.wish(newest.written()) instanceof RecipeWish.Clear clear) {
      return clear;
    }
    return new RecipeWish.Clear(newest.written(), draft(newest));
  }

  /** The stored recipe with its aliases put back: nothing else of it follows anything. */
  private RecipeDraft draft(Generation newest) {
    Map<String, String> aliases = new HashMap<>();
    stored
        .aliases(newest.aliases())
        .forEach((alias, models) -> models.forEach(model -> aliases.putIfAbsent(model, alias)));
    Recipe recipe = newest.recipe();
    String promptSha256 = recipe.describe().map(Recipe.Describe::promptSha256).orElse("");
    return new RecipeDraft(
        new RecipeDraft(recipe)
            .resolved(
                unlessNamed(newest, "embed", aliases),
                unlessNamed(newest, "describe", aliases),
                promptSha256));
  }

  private UnaryOperator<String> unlessNamed(
      Generation newest, String part, Map<String, String> aliases) {
    boolean isNamed =
        stored
            .writtenModel(newest.written(), part)
            .filter(model -> !resolution.isAlias(model))
            .isPresent();
    return isNamed ? model -> model : model -> aliases.getOrDefault(model, model);
  }

  /** The models of aliases that may stand for the same as before. */
  private Map<String, String> pinned(
      Generation newest, RecipeDraft draft, Map<String, List<String>> before) {
    Map<String, List<String>> now = resolution.used(draft);
    Map<String, String> pinned = new HashMap<>();
    Recipe recipe = newest.recipe();
    pin(pinned, draft.embedder(), recipe.embed().model(), now, before);
    draft
        .describer()
        .ifPresent(
            alias ->
                recipe
                    .describe()
                    .ifPresent(describe -> pin(pinned, alias, describe.model(), now, before)));
    return pinned;
  }

  private static void pin(
      Map<String, String> pinned,
      String alias,
      String model,
      Map<String, List<String>> now,
      Map<String, List<String>> before) {
    List<String> candidates = now.getOrDefault(alias, List.of());
    if (candidates.contains(model) && candidates.equals(before.get(alias))) {
      pinned.putIfAbsent(alias, model);
    }
  }
}
