package relata.api.generation;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import relata.api.collection.FoundCollection;
import relata.api.generation.GenerationState.Building;
import relata.api.outbox.OutboxRelay;

/** Makes a building generation the one that is served, in one transaction. */
@Singleton
final class Switching {
  private static final Logger LOG = Logger.getLogger(Switching.class);

  private final GenerationBook book;
  private final WholenessQuery wholeness;
  private final GenerationConfig config;
  private final OutboxRelay relay;

  Switching(
      GenerationBook book, WholenessQuery wholeness, GenerationConfig config, OutboxRelay relay) {
    this.book = book;
    this.wholeness = wholeness;
    this.config = config;
    this.relay = relay;
  }

  /**
   * Switches, unless the generation is not what is demanded by then; fails with 409 and the reasons
   * if it is not, or cannot be switched to at all. Gives false if it was active already.
   */
  Uni<Boolean> to(FoundCollection collection, long generation, Demand demand) {
    return book.inTurn(
            collection,
            generation,
            turn -> to(turn, turn.generations().require(generation), demand))
        .invoke(isSwitched -> tell(collection, generation, isSwitched));
  }

  private Uni<Boolean> to(Turn turn, Generation generation, Demand demand) {
    return switch (Step.activate(generation.state())) {
      case Step.To(GenerationState active) ->
          check(turn, generation, demand).chain(() -> move(turn, generation, active));
      case Step.Nothing _ -> Uni.createFrom().item(false);
      case Step.Refused(String reason) -> throw Refusal.of(generation, reason);
    };
  }

  private Uni<Boolean> move(Turn turn, Generation generation, GenerationState active) {
    Generation before = turn.generations().active();
    Instant eraseAfter = Instant.now().plus(config.keep());
    return turn.move(before, new GenerationState.Active().retired(eraseAfter))
        .chain(() -> turn.move(generation, active))
        .replaceWith(true);
  }

  private Uni<Void> check(Turn turn, Generation generation, Demand demand) {
    boolean isReturning = generation.state() instanceof Building state && state.isReturning();
    if (isReturning && demand == Demand.SERVED_BEFORE) {
      return Uni.createFrom().voidItem();
    }
    return wholeness
        .count(
            turn.connection(),
            turn.collection().id(),
            turn.generations().active().id(),
            generation.id())
        .invoke(counted -> check(generation, counted, demand))
        .replaceWithVoid();
  }

  private static void check(Generation generation, Wholeness counted, Demand demand) {
    List<String> reasons = demand == Demand.NOTHING_LOST ? counted.losses() : counted.reasons();
    if (!reasons.isEmpty()) {
      throw Refusal.notWhole(generation, reasons);
    }
  }

  private void tell(FoundCollection collection, long generation, boolean isSwitched) {
    if (isSwitched) {
      relay.wake();
      LOG.infof("generation active collection=%d generation=%d", collection.id(), generation);
    }
  }
}
