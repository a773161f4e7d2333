package relata.api.generation;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import relata.api.collection.FoundCollection;
import relata.api.generation.GenerationState.Building;
import relata.api.outbox.OutboxRelay;
import relata.api.problem.ProblemException;

/** The way back to a generation that was served. */
@Singleton
final class Rollback {
  private final GenerationBook book;
  private final Switching switching;
  private final GenerationConfig config;
  private final OutboxRelay relay;

  Rollback(GenerationBook book, Switching switching, GenerationConfig config, OutboxRelay relay) {
    this.book = book;
    this.switching = switching;
    this.config = config;
    this.relay = relay;
  }

  /**
   * Goes back to a generation that was served: at once if it is whole or forced, else as soon as it
   * caught up.
   *
   * <p>The same again changes nothing: one that returns already goes on, one that is served stays.
   *
   * @param wanted the generation that is to be served, as nothing else says where to go
   */
  Uni<Void> to(FoundCollection collection, long wanted, boolean isForced) {
    return book.inTurn(collection, wanted, turn -> returning(turn, wanted))
        .invoke(relay::wake)
        .chain(() -> switchIfWhole(collection, wanted, isForced));
  }

  private Uni<Void> switchIfWhole(FoundCollection collection, long generation, boolean isForced) {
    return switching
        .to(collection, generation, isForced ? Demand.SERVED_BEFORE : Demand.NOTHING_LOST)
        .onFailure(ProblemException.class)
        .recoverWithItem(false)
        .replaceWithVoid();
  }

  private Uni<Void> returning(Turn turn, long wanted) {
    Generation target = turn.generations().require(wanted);
    Instant now = Instant.now();
    return switch (Step.rollback(target.state(), now, config.rollbackMargin())) {
      case Step.To(GenerationState state) ->
          turn.endBuilding(now.plus(config.keep())).chain(() -> turn.move(target, state));
      case Step.Nothing _ -> {
        demandNoOther(turn.generations(), target);
        yield Uni.createFrom().voidItem();
      }
      case Step.Refused(String reason) -> throw Refusal.of(target, reason);
    };
  }

  /** A late repetition must not end another's return, nor say that all is well. */
  private static void demandNoOther(Generations generations, Generation target) {
    generations
        .building()
        .filter(other -> other.id() != target.id())
        .filter(other -> other.state() instanceof Building state && state.isReturning())
        .ifPresent(
            other -> {
              throw Refusal.of(
                  target,
                  "It is active, but generation %d is returning to take its place; cancel that one"
                          .formatted(other.id())
                      + " to stay.");
            });
  }
}
