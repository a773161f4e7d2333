package relata.api.resolution;

import java.util.Optional;
import java.util.stream.Stream;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;
import relata.api.recipe.Recipe;

/** Refuses recipes whose models are known not to be there: their generation would never end. */
public final class MissingModels {
  private MissingModels() {}

  /**
   * Does nothing if the models are there, or nothing is known.
   *
   * @throws relata.api.problem.ProblemException 409 naming the model and those there are
   */
  public static void refuse(Recipe recipe, Availability models) {
    Optional<String> missing =
        Stream.concat(
                Stream.of(recipe.embed().model()),
                recipe.describe().map(Recipe.Describe::model).stream())
            .filter(models::lacks)
            .findFirst();
    if (missing.isPresent()) {
      throw Problem.of(
              ProblemType.UNKNOWN_MODEL,
              "The model server has no model '%s': pull it there, or name one that it has: %s."
                  .formatted(missing.get(), models.names()))
          .exception();
    }
  }
}
