package relata.api.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;

/** Writes events on a connection of the pool, for transactions that run without a session. */
public final class OutboxInsert {
  private static final String INSERT =
      """
      insert into content.outbox (subject, payload, traceparent)
      select * from unnest($1::text[], $2::bytea[], $3::text[])""";

  private OutboxInsert() {}

  /** Writes the events in the connection's transaction, by one statement; none writes nothing. */
  public static Uni<Void> insert(SqlConnection connection, Collection<OutboxEvent> events) {
    if (events.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    String[] subjects = events.stream().map(OutboxEvent::subject).toArray(String[]::new);
    Buffer[] payloads =
        events.stream().map(OutboxEvent::payload).map(Buffer::buffer).toArray(Buffer[]::new);
    String[] traces = events.stream().map(OutboxEvent::traceparent).toArray(String[]::new);
    return connection
        .preparedQuery(INSERT)
        .execute(
            Tuple.tuple().addArrayOfString(subjects).addValue(payloads).addArrayOfString(traces))
        .replaceWithVoid();
  }
}
