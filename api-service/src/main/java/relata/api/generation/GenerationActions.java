package relata.api.generation;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.function.Function;
import relata.api.collection.FoundCollection;
import relata.api.generation.GenerationState.Building;
import relata.api.outbox.OutboxRelay;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;

/** What users do with generations, one transaction each, but for the comparisons. */
@Singleton
final class GenerationActions {
  private final GenerationBook book;
  private final WholenessQuery wholeness;
  private final Evaluation evaluation;
  private final Switching switching;
  private final GenerationConfig config;
  private final OutboxRelay relay;

  GenerationActions(
      GenerationBook book,
      WholenessQuery wholeness,
      Evaluation evaluation,
      Switching switching,
      GenerationConfig config,
      OutboxRelay relay) {
    this.book = book;
    this.wholeness = wholeness;
    this.evaluation = evaluation;
    this.switching = switching;
    this.config = config;
    this.relay = relay;
  }

  Uni<Void> pause(FoundCollection collection, long generation) {
    return step(collection, generation, Step::pause);
  }

  Uni<Void> resume(FoundCollection collection, long generation) {
    return step(collection, generation, Step::resume);
  }

  Uni<Void> cancel(FoundCollection collection, long generation) {
    Instant eraseAfter = Instant.now().plus(config.keep());
    return step(collection, generation, state -> Step.cancel(state, eraseAfter));
  }

  /** Compares a building generation with the active one; fails with 503 if nobody can. */
  Uni<Void> evaluate(FoundCollection collection, long generation) {
    return book.read(collection, generation)
        .chain(
            found -> {
              Generation building = building(found, generation);
              return count(collection, found, building)
                  .chain(
                      counted ->
                          evaluation.evaluate(collection, found.active(), building, counted));
            })
        .replaceWithVoid();
  }

  /** Switches if the generation is whole and passes the gate, or is forced past it. */
  Uni<Void> switchTo(FoundCollection collection, long generation, boolean isForced) {
    Uni<Void> passed =
        isForced
            ? Uni.createFrom().voidItem()
            : book.read(collection, generation)
                .chain(found -> demandPassed(collection, found, generation));
    Demand demand = isForced ? Demand.WHOLE : Demand.NOTHING_LOST;
    return passed.chain(() -> switching.to(collection, generation, demand)).replaceWithVoid();
  }

  private Uni<Void> step(
      FoundCollection collection, long generation, Function<GenerationState, Step> asked) {
    return book.inTurn(
            collection,
            generation,
            turn -> step(turn, turn.generations().require(generation), asked))
        .invoke(relay::wake);
  }

  private static Uni<Void> step(
      Turn turn, Generation generation, Function<GenerationState, Step> asked) {
    return switch (asked.apply(generation.state())) {
      case Step.To(GenerationState state) -> turn.move(generation, state);
      case Step.Nothing _ -> Uni.createFrom().voidItem();
      case Step.Refused(String reason) -> throw Refusal.of(generation, reason);
    };
  }

  private Uni<Void> demandPassed(FoundCollection collection, Generations found, long generation) {
    Generation asked = found.require(generation);
    if (!(asked.state() instanceof Building building) || building.isReturning()) {
      // Whether that can be switched to is said when it is tried.
      return Uni.createFrom().voidItem();
    }
    return count(collection, found, asked)
        .invoke(counted -> demandWhole(asked, counted))
        .chain(
            counted ->
                evaluation.current(collection, found.active(), asked, counted, config.reportAge()))
        .invoke(report -> demandPassed(asked, report))
        .replaceWithVoid();
  }

  private static void demandWhole(Generation generation, Wholeness counted) {
    if (!counted.isWhole()) {
      throw Refusal.notWhole(generation, counted.reasons());
    }
  }

  private static void demandPassed(Generation generation, GateReport report) {
    if (!report.passed()) {
      throw Problem.of(
              ProblemType.GATE_NOT_PASSED,
              "Generation %d does not pass its gate; ?force=true switches all the same. %s"
                  .formatted(generation.id(), String.join(" ", report.reasons())))
          .exception();
    }
  }

  private static Generation building(Generations found, long generation) {
    Generation asked = found.require(generation);
    if (!(asked.state() instanceof Building)) {
      throw Refusal.of(
          asked,
          "Only a building generation can be evaluated; this one is %s."
              .formatted(asked.state().text()));
    }
    return asked;
  }

  private Uni<Wholeness> count(FoundCollection collection, Generations found, Generation building) {
    return wholeness.count(book.database(), collection.id(), found.active().id(), building.id());
  }
}
