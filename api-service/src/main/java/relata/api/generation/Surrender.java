package relata.api.generation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import relata.api.collection.FoundCollection;
import relata.api.generation.GenerationState.Building;
import relata.api.outbox.OutboxRelay;

/**
 * Gives up a building generation of which nothing can come: it has documents, and every one of them
 * is dead. What serves goes on to serve.
 */
@Singleton
final class Surrender {
  private static final Logger LOG = Logger.getLogger(Surrender.class);

  /** The commonest reason, in its commonest words. */
  private static final String REASON =
      """
      select sum(count(*)) over ()::bigint as dead, count(*) as alike,
             mode() within group (order by s.error) as reason
        from feature.document_state s
        join content.document d on d.id = s.document_id
       where s.generation_id = $1 and s.state = 'dead'
       group by s.error_code
       order by count(*) desc, s.error_code
       limit 1""";

  private final GenerationBook book;
  private final WholenessQuery wholeness;
  private final OutboxRelay relay;

  Surrender(GenerationBook book, WholenessQuery wholeness, OutboxRelay relay) {
    this.book = book;
    this.wholeness = wholeness;
    this.relay = relay;
  }

  /**
   * Fails the generation, unless it is not hopeless any more when nobody else can change it. One
   * that is paused, or was served before, is left to its user.
   *
   * @return whether it failed
   */
  Uni<Boolean> ifHopeless(FoundCollection collection, long generation) {
    return book.inTurn(
            collection,
            generation,
            turn -> ifHopeless(turn, turn.generations().require(generation)))
        .invoke(isFailed -> tell(collection, generation, isFailed));
  }

  private Uni<Boolean> ifHopeless(Turn turn, Generation generation) {
    return generation.state() instanceof Building building
            && !building.isPaused()
            && !building.isReturning()
        ? ifHopeless(turn, generation, building)
        : Uni.createFrom().item(false);
  }

  private Uni<Boolean> ifHopeless(Turn turn, Generation generation, Building building) {
    return wholeness
        .count(
            turn.connection(),
            turn.collection().id(),
            turn.generations().active().id(),
            generation.id())
        .chain(
            counted ->
                counted.isHopeless()
                    ? fail(turn, generation, building)
                    : Uni.createFrom().item(false));
  }

  private static Uni<Boolean> fail(Turn turn, Generation generation, Building building) {
    return turn.connection()
        .preparedQuery(REASON)
        .execute(Tuple.of(generation.id()))
        .map(rows -> reason(rows.iterator().next()))
        .chain(reason -> turn.move(generation, building.failed(reason)))
        .replaceWith(true);
  }

  private static String reason(Row row) {
    return ("No document could be made: %d are dead, %d of them for this reason: %s"
            + " PUT the recipe again, or another one, to begin anew.")
        .formatted(row.getLong("dead"), row.getLong("alike"), sentence(row));
  }

  private static String sentence(Row row) {
    String reason = row.getString("reason");
    if (reason == null || reason.isBlank()) {
      return "no reason was kept.";
    }
    return reason.endsWith(".") ? reason : reason + ".";
  }

  private void tell(FoundCollection collection, long generation, boolean isFailed) {
    if (isFailed) {
      relay.wake();
      LOG.warnf("generation failed collection=%d generation=%d", collection.id(), generation);
    }
  }
}
