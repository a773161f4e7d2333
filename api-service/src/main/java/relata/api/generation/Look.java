package relata.api.generation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;
import relata.api.collection.FoundCollection;
import relata.api.generation.GenerationState.Building;
import relata.api.problem.ProblemException;
import relata.api.recipe.SwitchMode;

/** One look at a building generation: is it whole, how does it compare, and then the switch. */
@Singleton
final class Look {
  /** For as long as the transaction; it blocks no row, only the same look elsewhere. */
  private static final String TURN =
      """
      select pg_try_advisory_xact_lock(hashtextextended('relata.generation.' || $1::bigint, 0))
             as is_ours""";

  private final Pool pool;
  private final GenerationBook book;
  private final WholenessQuery wholeness;
  private final Evaluation evaluation;
  private final Switching switching;
  private final Surrender surrender;
  private final GenerationConfig config;

  Look(
      Pool pool,
      GenerationBook book,
      WholenessQuery wholeness,
      Evaluation evaluation,
      Switching switching,
      Surrender surrender,
      GenerationConfig config) {
    this.pool = pool;
    this.book = book;
    this.wholeness = wholeness;
    this.evaluation = evaluation;
    this.switching = switching;
    this.surrender = surrender;
    this.config = config;
  }

  /** What a look found. */
  sealed interface Found {
    /** So many documents are missing. */
    record Missing(long documents) implements Found {}

    /** It is served now. */
    record Switched() implements Found {}

    /** Nothing can become of it, and it was given up. */
    record Failed() implements Found {}

    /** It is whole and waits: for its user, or for what its gate asks. */
    record Waits() implements Found {}

    /** Another replica looks at it, or it is not building any more. */
    record Nothing() implements Found {}
  }

  /** Looks, unless another replica does. */
  Uni<Found> at(FoundCollection collection, long generation) {
    return pool.withTransaction(
        connection ->
            isOurs(connection, generation)
                .chain(
                    isOurs ->
                        isOurs
                            ? look(collection, generation)
                            : Uni.createFrom().item(new Found.Nothing())));
  }

  private static Uni<Boolean> isOurs(SqlConnection connection, long generation) {
    return connection
        .preparedQuery(TURN)
        .execute(Tuple.of(generation))
        .map(rows -> rows.iterator().next().getBoolean("is_ours"));
  }

  private Uni<Found> look(FoundCollection collection, long generation) {
    return book.read(collection, generation)
        .chain(
            found ->
                unpaused(found, generation)
                    .map(building -> look(collection, found.active(), building))
                    .orElseGet(() -> Uni.createFrom().item(new Found.Nothing())));
  }

  private static Optional<Generation> unpaused(Generations found, long generation) {
    return found
        .building()
        .filter(building -> building.id() == generation)
        .filter(building -> building.state() instanceof Building state && !state.isPaused());
  }

  private Uni<Found> look(FoundCollection collection, Generation active, Generation building) {
    return wholeness
        .count(pool, collection.id(), active.id(), building.id())
        .chain(counted -> found(collection, active, building, counted));
  }

  private Uni<Found> found(
      FoundCollection collection, Generation active, Generation building, Wholeness counted) {
    if (counted.isHopeless() && !isReturning(building)) {
      return surrender
          .ifHopeless(collection, building.id())
          .map(isFailed -> isFailed ? new Found.Failed() : new Found.Nothing());
    }
    return counted.isWhole()
        ? whole(collection, active, building, counted)
        : Uni.createFrom().item(new Found.Missing(counted.missing()));
  }

  private static boolean isReturning(Generation building) {
    return building.state() instanceof Building state && state.isReturning();
  }

  private Uni<Found> whole(
      FoundCollection collection, Generation active, Generation building, Wholeness counted) {
    if (isReturning(building)) {
      return counted.deadOnlyHere() > 0
          ? Uni.createFrom().item(new Found.Waits())
          : switchTo(collection, building);
    }
    return evaluation
        .current(collection, active, building, counted, config.reportAge())
        .chain(
            report ->
                report.passed() && building.recipe().gate().switchMode() == SwitchMode.AUTOMATIC
                    ? switchTo(collection, building)
                    : Uni.createFrom().item(new Found.Waits()));
  }

  /** What changed since it was counted is no failure: the next look sees it. */
  private Uni<Found> switchTo(FoundCollection collection, Generation building) {
    return switching
        .to(collection, building.id(), Demand.NOTHING_LOST)
        .<Found>replaceWith(new Found.Switched())
        .onFailure(ProblemException.class)
        .recoverWithItem(new Found.Missing(1));
  }
}
