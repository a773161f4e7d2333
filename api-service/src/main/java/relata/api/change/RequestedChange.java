package relata.api.change;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import relata.api.collection.FoundCollection;
import relata.api.generation.GenerationBook;
import relata.api.generation.GenerationReader;
import relata.api.generation.GenerationView;
import relata.api.generation.Generations;
import relata.api.resolution.Availability;
import relata.api.resolution.MissingModels;
import relata.api.resolution.ResolvedRecipe;

/**
 * What a user's change of a recipe takes: a look at the models, a plan or the change, an answer.
 */
@Singleton
final class RequestedChange {
  private final GenerationBook book;
  private final Planner planner;
  private final RecipeChange change;
  private final GenerationReader reader;

  RequestedChange(
      GenerationBook book, Planner planner, RecipeChange change, GenerationReader reader) {
    this.book = book;
    this.planner = planner;
    this.change = change;
    this.reader = reader;
  }

  /** The generation that has the recipe now, and whether it was made for it. */
  record Changed(GenerationView view, boolean isMade) {}

  /** Says what the change would do; fails with 409 as the change would. */
  Uni<Plan> plan(
      FoundCollection collection, ResolvedRecipe wanted, Availability models, boolean isRebuild) {
    return checked(collection, wanted, models, isRebuild)
        .chain(found -> planner.plan(collection, found, wanted, models, isRebuild));
  }

  /** Changes the recipe; fails with 409 if the model server lacks a model of it. */
  Uni<Changed> change(
      FoundCollection collection, ResolvedRecipe wanted, Availability models, boolean isRebuild) {
    return checked(collection, wanted, models, isRebuild)
        .chain(() -> change.to(collection, wanted, isRebuild))
        .chain(
            outcome ->
                reader
                    .view(collection, outcome.generation())
                    .map(view -> new Changed(view, outcome.isMade())));
  }

  /** What makes nothing new needs no model. */
  private Uni<Generations> checked(
      FoundCollection collection, ResolvedRecipe wanted, Availability models, boolean isRebuild) {
    return book.read(collection, 0)
        .invoke(
            found -> {
              if (isRebuild || !found.active().recipe().makesTheSameAs(wanted.recipe())) {
                MissingModels.refuse(wanted.recipe(), models);
              }
            });
  }
}
