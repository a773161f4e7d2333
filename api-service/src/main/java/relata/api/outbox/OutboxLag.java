package relata.api.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Measures how many events wait and for how long, for meters and the health page. */
@Singleton
final class OutboxLag {
  private static final Logger LOG = Logger.getLogger(OutboxLag.class);

  private static final String MEASURE =
      """
      select count(*) as pending,
             coalesce(extract(epoch from now() - min(written_at)), 0)::float8 as oldest_seconds
        from content.outbox""";

  private final Pool pool;
  private final OutboxConfig config;
  private volatile Lag last = new Lag(0, 0);
  private Cancellable measuring;

  /** Events in the outbox and the age of the oldest, 0 if there is none. */
  record Lag(long pending, double oldestSeconds) {}

  OutboxLag(
      @ReactiveDataSource("background") Pool pool, OutboxConfig config, MeterRegistry meters) {
    this.pool = pool;
    this.config = config;
    Gauge.builder("relata.outbox.pending", this, lag -> lag.last.pending())
        .description("Events that wait to be published")
        .register(meters);
    Gauge.builder("relata.outbox.oldest.age", this, lag -> lag.last.oldestSeconds())
        .description("Age of the oldest event that waits")
        .baseUnit("seconds")
        .register(meters);
  }

  /** As of the last measurement. */
  Lag last() {
    return last;
  }

  void start(@Observes StartupEvent ready) {
    measuring =
        Multi.createFrom()
            .ticks()
            .every(config.measureInterval())
            .onOverflow()
            .drop()
            .onItem()
            .transformToUniAndConcatenate(tick -> measure())
            .subscribe()
            .with(measured -> last = measured);
  }

  void stop(@Observes ShutdownEvent stop) {
    measuring.cancel();
  }

  /** Without an answer the last measurement stands: the meters are no reason to fail. */
  private Uni<Lag> measure() {
    return pool.query(MEASURE)
        .execute()
        .map(rows -> lag(rows.iterator().next()))
        .ifNoItem()
        .after(config.databaseTimeout())
        .fail()
        .onFailure()
        .invoke(failure -> LOG.debugf("outbox not measured cause=%s", failure))
        .onFailure()
        .recoverWithItem(() -> last);
  }

  private static Lag lag(Row row) {
    return new Lag(row.getLong("pending"), row.getDouble("oldest_seconds"));
  }
}
