package relata.api.deadletter;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import relata.api.outbox.OutboxEvent;
import relata.api.outbox.OutboxInsert;
import relata.api.outbox.OutboxRelay;
import relata.api.tenant.Tenant;

/**
 * Has dead documents tried again: their request grows, so what is stored of them is stale, and an
 * event tells the worker. A document that is dead under two generations is tried again under both
 * by one replay. Two replays at once count a document once.
 */
@Singleton
final class Replay {
  private static final String DEAD =
      """
      select distinct d.id, d.request
        from %s
       where %s and d.id > $4
       order by d.id
       limit $5"""
          .formatted(DeadLetterFilter.TABLES, DeadLetterFilter.CONDITION);

  /** Also what was replayed since and is not taken up yet: a second click is no mistake. */
  private static final String ONE =
      """
      select d.id, s.request
        from feature.document_state s
        join content.generation g on g.id = s.generation_id and g.state in ('active', 'building')
        join content.collection c on c.id = g.collection_id and c.tenant = $1
        join content.document d on d.id = s.document_id and d.version <= s.version
       where s.generation_id = $2 and s.document_id = $3
         and s.state = 'dead'""";

  /**
   * Locked in the order of imports, and behind the collection as deletions of it do, so that none
   * locks another out; a request that grew meanwhile is another replay's.
   */
  private static final String RENEW =
      """
      with kept as materialized (
        select d.id
          from content.document d
          join unnest($1::bigint[], $2::bigint[]) as dead (id, request)
            on d.id = dead.id and d.request = dead.request
          join content.collection c on c.id = d.collection_id
         order by d.external_id collate "C"
           for key share of c
           for no key update of d)
      update content.document d
         set request = d.request + 1
        from kept
       where d.id = kept.id
      returning d.id, d.collection_id, d.version, d.content_hash""";

  private final Pool pool;
  private final OutboxRelay relay;
  private final DeadLetterConfig config;

  Replay(Pool pool, OutboxRelay relay, DeadLetterConfig config) {
    this.pool = pool;
    this.relay = relay;
    this.config = config;
  }

  /**
   * Replays one; if it was replayed already, that goes on. Fails with 404 if the document is not
   * dead and was not.
   */
  Uni<Replayed> one(DeadLetterId id) {
    Tuple key = Tuple.of(Tenant.current(), id.generation(), id.document());
    return pool.withTransaction(
            connection ->
                connection
                    .preparedQuery(ONE)
                    .execute(key)
                    .invoke(rows -> requireOne(id, rows))
                    .chain(rows -> renew(connection, rows)))
        .invoke(relay::wake)
        .map(batch -> new Replayed(batch.replayed(), false));
  }

  /** Replays all that the filter lets through, in bounded transactions, until its limit. */
  Uni<Replayed> all(DeadLetterFilter filter) {
    int most = Math.ceilDiv(config.replayLimit(), config.replayBatch());
    return Multi.createBy()
        .repeating()
        .uni(AtomicLong::new, cursor -> batch(filter, cursor))
        .whilst(this::isFull)
        .select()
        .first(most)
        .collect()
        .asList()
        .map(this::sum);
  }

  private Uni<Batch> batch(DeadLetterFilter filter, AtomicLong cursor) {
    Tuple parameters = filter.parameters().addLong(cursor.get()).addInteger(config.replayBatch());
    return pool.withTransaction(
            connection ->
                connection
                    .preparedQuery(DEAD)
                    .execute(parameters)
                    .chain(rows -> renew(connection, rows)))
        .invoke(batch -> cursor.set(batch.last()))
        .invoke(relay::wake);
  }

  private static Uni<Batch> renew(SqlConnection connection, RowSet<Row> dead) {
    List<Long> ids = new ArrayList<>();
    List<Long> requests = new ArrayList<>();
    for (Row row : dead) {
      ids.add(row.getLong("id"));
      requests.add(row.getLong("request"));
    }
    if (ids.isEmpty()) {
      return Uni.createFrom().item(new Batch(0, 0, 0));
    }
    Tuple seen = Tuple.of(ids.toArray(Long[]::new), requests.toArray(Long[]::new));
    return connection
        .preparedQuery(RENEW)
        .execute(seen)
        .call(rows -> OutboxInsert.insert(connection, events(rows)))
        .map(rows -> new Batch(ids.getLast(), ids.size(), rows.size()));
  }

  private static List<OutboxEvent> events(RowSet<Row> renewed) {
    List<OutboxEvent> events = new ArrayList<>();
    for (Row row : renewed) {
      events.add(
          OutboxEvent.written(
              Tenant.current(),
              row.getLong("collection_id"),
              row.getLong("id"),
              row.getLong("version"),
              row.getBuffer("content_hash").getBytes()));
    }
    return events;
  }

  private boolean isFull(Batch batch) {
    return batch.found() == config.replayBatch();
  }

  private Replayed sum(List<Batch> batches) {
    long documents = batches.stream().mapToLong(Batch::replayed).sum();
    return new Replayed(documents, isFull(batches.getLast()));
  }

  private static void requireOne(DeadLetterId id, RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw id.unknown().exception();
    }
  }

  /**
   * A transaction's worth.
   *
   * @param last key of the last document that was looked at
   * @param found how many were dead when they were looked for
   * @param replayed how many of them still were when they were locked
   */
  private record Batch(long last, int found, long replayed) {}
}
