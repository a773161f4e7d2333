package relata.api.change;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import relata.api.collection.FoundCollection;
import relata.api.generation.Generation;
import relata.api.generation.GenerationBook;
import relata.api.generation.GenerationConfig;
import relata.api.generation.Generations;
import relata.api.generation.Turn;
import relata.api.outbox.OutboxRelay;
import relata.api.resolution.ResolvedRecipe;

/** Makes a recipe the one that a collection is to have: by a new generation, if it needs one. */
@Singleton
final class RecipeChange {
  private static final Logger LOG = Logger.getLogger(RecipeChange.class);

  private final GenerationBook book;
  private final GenerationConfig config;
  private final OutboxRelay relay;

  RecipeChange(GenerationBook book, GenerationConfig config, OutboxRelay relay) {
    this.book = book;
    this.config = config;
    this.relay = relay;
  }

  /**
   * What came of it.
   *
   * @param generation that has the recipe
   * @param isMade whether it was made for it
   */
  record Outcome(long generation, boolean isMade) {}

  /**
   * Changes the recipe. Whatever was building for another one ends.
   *
   * @param isRebuild a generation is made although there is one with this recipe
   */
  Uni<Outcome> to(FoundCollection collection, ResolvedRecipe wanted, boolean isRebuild) {
    return ifStill(collection, generations -> true, wanted, isRebuild).map(Optional::orElseThrow);
  }

  /** The same, unless the generations are not any more what the change was thought of for. */
  Uni<Optional<Outcome>> ifStill(
      FoundCollection collection,
      Predicate<Generations> condition,
      ResolvedRecipe wanted,
      boolean isRebuild) {
    return book.inTurn(
            collection,
            0,
            turn ->
                condition.test(turn.generations())
                    ? change(turn, wanted, isRebuild).map(Optional::of)
                    : Uni.createFrom().item(Optional.<Outcome>empty()))
        .invoke(outcome -> outcome.ifPresent(done -> tell(collection, done)));
  }

  private Uni<Outcome> change(Turn turn, ResolvedRecipe wanted, boolean isRebuild) {
    Optional<Generation> building = turn.generations().building();
    Generation active = turn.generations().active();
    if (!isRebuild && building.filter(one -> makes(one, wanted)).isPresent()) {
      return kept(turn, building.get(), wanted);
    }
    Uni<Void> cleared = turn.endBuilding(Instant.now().plus(config.keep()));
    return !isRebuild && makes(active, wanted)
        ? cleared.chain(() -> kept(turn, active, wanted))
        : cleared.chain(() -> turn.make(wanted)).map(id -> new Outcome(id, true));
  }

  private static boolean makes(Generation generation, ResolvedRecipe wanted) {
    return generation.recipe().makesTheSameAs(wanted.recipe());
  }

  private static Uni<Outcome> kept(Turn turn, Generation generation, ResolvedRecipe wanted) {
    return turn.rewrite(generation, wanted).replaceWith(new Outcome(generation.id(), false));
  }

  private void tell(FoundCollection collection, Outcome outcome) {
    relay.wake();
    if (outcome.isMade()) {
      LOG.infof(
          "generation made collection=%d generation=%d", collection.id(), outcome.generation());
    }
  }
}
