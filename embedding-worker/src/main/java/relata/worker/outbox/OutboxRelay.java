package relata.worker.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import relata.contracts.Subjects;
import relata.worker.broker.Broker;
import relata.worker.database.Database;
import relata.worker.database.DatabaseException;
import relata.worker.database.Transaction;
import relata.worker.loop.Loop;

/**
 * Publishes the events of the outbox and deletes them once the broker has them. Rows that another
 * replica is publishing are skipped, so that replicas share the work; an event may come twice,
 * never not at all.
 */
@Singleton
public final class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

  private static final String CLAIM =
      """
      select position, id, subject, payload, traceparent from feature.outbox
       order by position limit $1 for update skip locked
      """;

  private static final String LAST = "select max(position) from feature.outbox";

  private static final String WAITING =
      "select exists (select from feature.outbox where position <= $1)";

  /**
   * Its commit waits for no disk: if a crash of the database undoes it, the events are published
   * again with the same ids.
   */
  private static final String DELETE =
      """
      with relaxed as materialized (select set_config('synchronous_commit', 'off', true))
      delete from feature.outbox using relaxed where position = any($1::bigint[])
      """;

  /** Events of one transaction. */
  private record Batch(int sent, int confirmed) {}

  private final Database database;
  private final Outbox outbox;
  private final Broker broker;
  private final OutboxConfig config;
  private final Counter published;
  private volatile boolean streamChecked;
  private volatile boolean stopped;
  private final Loop loop;

  OutboxRelay(
      Database database, Outbox outbox, Broker broker, OutboxConfig config, MeterRegistry meters) {
    this.database = database;
    this.outbox = outbox;
    this.broker = broker;
    this.config = config;
    this.loop = new Loop("outbox-relay", "events not published", config.retryDelay(), this::turn);
    this.published =
        Counter.builder("relata.outbox.published")
            .description("Events that the broker confirmed")
            .register(meters);
  }

  public void start() {
    // The server may have come back without its store.
    broker.onConnected(_ -> streamChecked = false);
    loop.start();
  }

  /**
   * Waits until the events that are there now are published, by whichever worker.
   *
   * @return false when the time was up first, or the database is away
   */
  public boolean drain(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      Long last = database.run(LAST, Tuple.tuple()).iterator().next().getLong(0);
      while (last != null) {
        outbox.committed();
        if (!database.run(WAITING, Tuple.of(last)).iterator().next().getBoolean(0)) {
          return true;
        }
        if (System.nanoTime() >= deadline) {
          return false;
        }
        Thread.sleep(config.poll());
      }
      return true;
    } catch (DatabaseException outage) {
      return false;
    }
  }

  /** Publishes what is left, for as long as one batch may take, and stops. */
  public void stop() throws InterruptedException {
    stopped = true;
    outbox.committed();
    loop.join(config.confirmWithin());
    loop.stop();
  }

  /** Publishes what there is, and waits for more; after a stop once more, and not again. */
  private boolean turn() throws IOException, JetStreamApiException, InterruptedException {
    boolean last = stopped;
    boolean well = false;
    try {
      boolean more;
      do {
        more = relay();
      } while (more);
      well = true;
    } finally {
      if (!well) {
        streamChecked = false;
      }
    }
    if (!last) {
      outbox.await(config.poll().toMillis());
    }
    return !last;
  }

  /** Publishes a batch, and tells whether there may be more. */
  private boolean relay() throws IOException, JetStreamApiException, InterruptedException {
    Optional<Connection> connection = broker.connected();
    if (connection.isEmpty()) {
      return false;
    }
    if (!streamChecked) {
      streamChecked = true;
      FeaturesStream.ensure(broker.management(), config.streamReplicas());
    }
    JetStream stream = connection.get().jetStream();
    Batch batch = database.transaction(transaction -> publish(transaction, stream));
    published.increment(batch.confirmed());
    if (batch.confirmed() < batch.sent()) {
      throw new IOException("The broker did not confirm all events.");
    }
    return batch.sent() == config.batchSize();
  }

  private Batch publish(Transaction transaction, JetStream stream) {
    Map<Long, CompletableFuture<PublishAck>> sent = new LinkedHashMap<>();
    for (Row row : transaction.run(CLAIM, Tuple.of(config.batchSize()))) {
      PublishOptions options =
          PublishOptions.builder().messageId(row.getUUID("id").toString()).build();
      sent.put(
          row.getLong("position"),
          stream.publishAsync(
              row.getString("subject"),
              headers(row.getString("traceparent")),
              row.getBuffer("payload").getBytes(),
              options));
    }
    if (sent.isEmpty()) {
      return new Batch(0, 0);
    }
    awaitAll(sent);
    Long[] confirmed =
        sent.entrySet().stream()
            .filter(event -> event.getValue().state() == CompletableFuture.State.SUCCESS)
            .map(Map.Entry::getKey)
            .toArray(Long[]::new);
    transaction.send(DELETE, Tuple.of(confirmed));
    return new Batch(sent.size(), confirmed.length);
  }

  private static Headers headers(String traceparent) {
    return traceparent == null ? null : new Headers().add(Subjects.TRACE_HEADER, traceparent);
  }

  private void awaitAll(Map<Long, CompletableFuture<PublishAck>> sent) {
    try {
      CompletableFuture.allOf(sent.values().toArray(CompletableFuture[]::new))
          .get(config.confirmWithin().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException notAll) {
      LOG.debugf("not every event was confirmed reason=\"%s\"", notAll.getMessage());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
