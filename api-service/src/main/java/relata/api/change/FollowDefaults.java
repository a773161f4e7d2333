package relata.api.change;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import relata.api.change.RecipeChange.Outcome;
import relata.api.collection.FoundCollection;
import relata.api.generation.Generation;
import relata.api.generation.GenerationBook;
import relata.api.recipe.Recipe;
import relata.api.recipe.RecipeDraft;
import relata.api.resolution.Availability;
import relata.api.resolution.RecipeResolution;
import relata.api.resolution.RecipeWish;
import relata.api.resolution.ResolvedRecipe;
import relata.api.resolution.StoredRecipes;

/**
 * What a collection's recipe has become when the deployment's default or its aliases changed. What
 * did not change stays as it was resolved, whichever models there are today. Followed is what is to
 * be served: the generation that is building, else the active one.
 */
@Singleton
final class FollowDefaults {
  /** How many generations, the newest, are looked through for one that was given up. */
  private static final int REMEMBERED = 100;

  private final GenerationBook book;
  private final StoredRecipes stored;
  private final RecipeResolution resolution;
  private final RecipeChange change;

  FollowDefaults(
      GenerationBook book, StoredRecipes stored, RecipeResolution resolution, RecipeChange change) {
    this.book = book;
    this.stored = stored;
    this.resolution = resolution;
    this.change = change;
  }

  /** Makes a new generation of the collection if it needs one; empty if nothing changed for it. */
  Uni<Optional<Outcome>> follow(FoundCollection collection, Availability models) {
    return book.newest(collection, REMEMBERED)
        .chain(
            newest ->
                newest.isEmpty()
                    ? Uni.createFrom().item(Optional.<Outcome>empty())
                    : book.read(collection, 0)
                        .chain(found -> follow(collection, found.wanted(), newest, models)));
  }

  private Uni<Optional<Outcome>> follow(
      FoundCollection collection,
      Generation followed,
      List<Generation> newest,
      Availability models) {
    RecipeWish.Clear wish = wish(followed);
    Map<String, List<String>> before = stored.aliases(followed.aliases());
    return resolution
        .resolve(wish, "", models, pinned(followed, wish.draft(), before))
        .chain(
            wanted ->
                isAsBefore(followed, wanted, before) || isGivenUp(followed, wanted, newest)
                    ? Uni.createFrom().item(Optional.<Outcome>empty())
                    : change.ifStill(
                        collection, found -> found.wanted().id() == followed.id(), wanted, false));
  }

  private static boolean isAsBefore(
      Generation followed, ResolvedRecipe wanted, Map<String, List<String>> before) {
    return followed.recipe().equals(wanted.recipe()) && wanted.aliases().equals(before);
  }

  /** Who rolled back from what would be made, or cancelled it, is not asked again. */
  private static boolean isGivenUp(
      Generation followed, ResolvedRecipe wanted, List<Generation> newest) {
    return newest.stream()
        .takeWhile(generation -> generation.id() > followed.id())
        .anyMatch(generation -> generation.recipe().makesTheSameAs(wanted.recipe()));
  }

  private RecipeWish.Clear wish(Generation followed) {
    if (stored.isDefault(followed.written())
        && stored.wish(followed.written()) instanceof RecipeWish.Clear clear) {
      return clear;
    }
    return new RecipeWish.Clear(followed.written(), draft(followed));
  }

  /** The stored recipe with its aliases put back: nothing else of it follows anything. */
  private RecipeDraft draft(Generation followed) {
    Map<String, String> aliases = new HashMap<>();
    stored
        .aliases(followed.aliases())
        .forEach((alias, models) -> models.forEach(model -> aliases.putIfAbsent(model, alias)));
    Recipe recipe = followed.recipe();
    String promptSha256 = recipe.describe().map(Recipe.Describe::promptSha256).orElse("");
    return new RecipeDraft(
        new RecipeDraft(recipe)
            .resolved(
                unlessNamed(followed, "embed", aliases),
                unlessNamed(followed, "describe", aliases),
                promptSha256));
  }

  private UnaryOperator<String> unlessNamed(
      Generation followed, String part, Map<String, String> aliases) {
    boolean isNamed =
        stored
            .writtenModel(followed.written(), part)
            .filter(model -> !resolution.isAlias(model))
            .isPresent();
    return isNamed ? model -> model : model -> aliases.getOrDefault(model, model);
  }

  /** The models of aliases that may stand for the same as before. */
  private Map<String, String> pinned(
      Generation followed, RecipeDraft draft, Map<String, List<String>> before) {
    Map<String, List<String>> now = resolution.used(draft);
    Map<String, String> pinned = new HashMap<>();
    Recipe recipe = followed.recipe();
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
