package relata.api.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.impl.Headers;
import io.nats.client.support.NatsJetStreamConstants;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import relata.contracts.Subjects;

/**
 * One transaction of the relay: claim rows that no other replica holds, publish them together,
 * delete those that NATS acknowledged. A crash in between publishes them again.
 */
@Singleton
final class OutboxBatch {
  private static final String CLAIM =
      """
      select position, id, subject, payload, traceparent from content.outbox
       order by position limit $1 for update skip locked""";

  /**
   * Its commit waits for no disk: if a crash of the database undoes it, the events are published
   * again with the same ids.
   */
  private static final String DELETE =
      """
      with relaxed as materialized (select set_config('synchronous_commit', 'off', true))
      delete from content.outbox using relaxed where position = any($1)""";

  private final Pool pool;
  private final OutboxConfig config;
  private final Counter published;
  private final Counter failed;

  OutboxBatch(
      @ReactiveDataSource("background") Pool pool, OutboxConfig config, MeterRegistry meters) {
    this.pool = pool;
    this.config = config;
    this.published = meters.counter("relata.outbox.published", "outcome", "published");
    this.failed = meters.counter("relata.outbox.published", "outcome", "failed");
  }

  /**
   * What became of a batch.
   *
   * @param firstCause why the first of the failed ones failed; null if none did
   */
  record Result(int limit, int published, int failed, String firstCause) {
    /** More may be waiting, and NATS takes them. */
    boolean isFullSuccess() {
      return published == limit;
    }
  }

  /** Publishes at most one batch. It blocks, so it needs a thread of its own. */
  Result publish(Connection nats) throws IOException {
    JetStream stream = nats.jetStream();
    Duration limit = config.publishTimeout().plus(config.databaseTimeout());
    Result result =
        pool.withTransaction(connection -> publish(connection, stream)).await().atMost(limit);
    published.increment(result.published());
    failed.increment(result.failed());
    return result;
  }

  private Uni<Result> publish(SqlConnection connection, JetStream stream) {
    return connection
        .preparedQuery(CLAIM)
        .execute(Tuple.of(config.batchSize()))
        .chain(rows -> publishAll(rows, stream))
        .chain(attempts -> deletePublished(connection, attempts));
  }

  private Uni<List<Attempt>> publishAll(RowSet<Row> rows, JetStream stream) {
    if (rows.size() == 0) {
      return Uni.createFrom().item(List.of());
    }
    List<Uni<Attempt>> attempts = new ArrayList<>();
    rows.forEach(row -> attempts.add(publish(row, stream)));
    return Uni.join().all(attempts).andCollectFailures();
  }

  /** Never fails: a failure is an attempt whose row stays. */
  private Uni<Attempt> publish(Row row, JetStream stream) {
    long position = row.getLong("position");
    Headers headers =
        new Headers().add(NatsJetStreamConstants.MSG_ID_HDR, row.getUUID("id").toString());
    String trace = row.getString("traceparent");
    if (trace != null) {
      headers.add(Subjects.TRACE_HEADER, trace);
    }
    byte[] payload = row.getBuffer("payload").getBytes();
    return Uni.createFrom()
        .completionStage(
            () ->
                stream
                    .publishAsync(row.getString("subject"), headers, payload)
                    .orTimeout(config.publishTimeout().toMillis(), TimeUnit.MILLISECONDS))
        .map(acknowledged -> new Attempt(position, null))
        .onFailure()
        .recoverWithItem(failure -> new Attempt(position, String.valueOf(failure)));
  }

  private Uni<Result> deletePublished(SqlConnection connection, List<Attempt> attempts) {
    Long[] done =
        attempts.stream()
            .filter(attempt -> attempt.failure() == null)
            .map(Attempt::position)
            .toArray(Long[]::new);
    String firstCause =
        attempts.stream().map(Attempt::failure).filter(f -> f != null).findFirst().orElse(null);
    Result result =
        new Result(config.batchSize(), done.length, attempts.size() - done.length, firstCause);
    return done.length == 0
        ? Uni.createFrom().item(result)
        : connection.preparedQuery(DELETE).execute(Tuple.of(done)).replaceWith(result);
  }

  private record Attempt(long position, String failure) {}
}
