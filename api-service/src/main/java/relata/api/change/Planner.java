package relata.api.change;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.api.collection.FoundCollection;
import relata.api.generation.Generation;
import relata.api.generation.Generations;
import relata.api.recipe.Recipe;
import relata.api.resolution.Availability;
import relata.api.resolution.ResolvedRecipe;

/** Says what a change of the recipe would do, before it is made. */
@Singleton
final class Planner {
  private final PlanQuery query;

  Planner(PlanQuery query) {
    this.query = query;
  }

  /**
   * What making {@code wanted} the collection's recipe would do.
   *
   * @param isRebuild a generation is made although nothing changed
   */
  Uni<Plan> plan(
      FoundCollection collection,
      Generations generations,
      ResolvedRecipe wanted,
      Availability models,
      boolean isRebuild) {
    Generation active = generations.active();
    return query
        .count(collection.id(), active.id())
        .map(facts -> plan(generations, wanted.recipe(), facts, models, isRebuild));
  }

  static Plan plan(
      Generations generations,
      Recipe wanted,
      PlanQuery.Facts facts,
      Availability models,
      boolean isRebuild) {
    Recipe active = generations.active().recipe();
    boolean isOther = isOtherModel(active, wanted, facts, models);
    boolean isMade = isRebuild || !active.makesTheSameAs(wanted);
    Change change = Change.between(active, wanted, isMade && isOther);
    ModelWork work = ModelWork.of(active, wanted, facts.stored(), isMade && isOther);
    if (!isMade) {
      work = ModelWork.NONE;
    }
    return new Plan(
        (isRebuild ? change.rebuilt() : change).text(),
        facts.stored().documents(),
        work.documentsToDescribe(),
        work.chunksToEmbed(),
        seconds(wanted, work, models).orElse(null),
        warnings(generations, wanted, work, models, isMade, isOther),
        wanted.json());
  }

  /** Whether the server has another model now under the name that embedded what there is. */
  private static boolean isOtherModel(
      Recipe active, Recipe wanted, PlanQuery.Facts facts, Availability models) {
    String model = wanted.embed().model();
    return wanted.embed().clientDimension().isEmpty()
        && active.embed().model().equals(model)
        && facts.digest().isPresent()
        && models.digest(model).isPresent()
        && !models.digest(model).equals(facts.digest());
  }

  private static Optional<Long> seconds(Recipe wanted, ModelWork work, Availability models) {
    Optional<Double> embedding =
        seconds(work.chunksToEmbed(), models.inputsPerSecond(wanted.embed().model()));
    Optional<Double> describing =
        seconds(
            work.documentsToDescribe(),
            wanted.describe().flatMap(describe -> models.inputsPerSecond(describe.model())));
    return embedding.flatMap(one -> describing.map(other -> Math.round(Math.ceil(one + other))));
  }

  private static Optional<Double> seconds(long inputs, Optional<Double> rate) {
    return inputs == 0 ? Optional.of(0.0) : rate.map(perSecond -> inputs / perSecond);
  }

  private static List<String> warnings(
      Generations generations,
      Recipe wanted,
      ModelWork work,
      Availability models,
      boolean isMade,
      boolean isOther) {
    List<String> warnings = new ArrayList<>();
    if (work.isEstimate()) {
      warnings.add(
          "The number of chunks is an estimate, as how the documents split is not known; of a model"
              + " that stays, texts that stay the same are not embedded again.");
    }
    if (work.chunksOfBoth() > 0) {
      warnings.add(
          "About %d of the chunks are of documents that the active generation has not made yet;"
                  .formatted(work.chunksOfBoth())
              + " each is embedded once for both.");
    }
    if (isMade && models.models().isEmpty()) {
      warnings.add("No worker said which models there are; whether these are is not known.");
    }
    if (isOther && isMade) {
      warnings.add("The model server has another model under this name than before.");
    }
    if (isOther && !isMade) {
      warnings.add(
          "The model server has another model under the name of %s than before; ?rebuild=true makes"
                  .formatted(wanted.embed().model())
              + " a generation with it.");
    }
    generations
        .building()
        .filter(building -> isMade || !building.recipe().makesTheSameAs(wanted))
        .ifPresent(
            building ->
                warnings.add("Generation %d is building; it would end.".formatted(building.id())));
    return warnings;
  }
}
