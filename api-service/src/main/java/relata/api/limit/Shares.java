package relata.api.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * This replica's shares of the callers' requests, fetched from the bucket in the database that all
 * replicas take from. Most requests find one here and wait for nothing.
 */
@Singleton
final class Shares {
  private static final Logger LOG = Logger.getLogger(Shares.class);

  /** The row's lock has replicas take turns, and the database's clock is everybody's. */
  private static final String FETCH =
      """
      insert into content.rate_budget as b (caller, left_over, counted_at, granted)
      values ($1, $4::float8 - least($2::float8, $4::float8), clock_timestamp(),
              least($2::float8, $4::float8))
      on conflict (caller) do update
         set (left_over, counted_at, granted) =
             (select f.filled - least($2, floor(f.filled)), f.now, least($2, floor(f.filled))
                from (select c.now,
                             least($4, b.left_over + $3::float8 * greatest(0,
                                 extract(epoch from c.now - b.counted_at)::float8)) as filled
                        from (select clock_timestamp() as now) as c) as f)
      returning granted, left_over""";

  private final Pool pool;
  private final RateConfig config;
  private final MeterRegistry meters;
  private final Rate rate;
  private final Cache<String, Share> known;

  Shares(@ReactiveDataSource("background") Pool pool, RateConfig config, MeterRegistry meters) {
    this.pool = pool;
    this.config = config;
    this.meters = meters;
    this.rate = Rate.of(config);
    this.known = Caffeine.newBuilder().maximumSize(config.maxCallers()).build();
  }

  Rate rate() {
    return rate;
  }

  /** Takes one of the caller's requests: never {@link Decision.Unknown}. */
  Uni<Decision> take(String caller) {
    return take(caller, known.get(caller, _ -> new Share(rate, System.nanoTime())))
        .invoke(this::countIfRefused);
  }

  private Uni<Decision> take(String caller, Share share) {
    long now = System.nanoTime();
    Decision decision = share.take(now);
    share.wish(now).ifPresent(wish -> fetch(caller, share, wish));
    return decision instanceof Decision.Unknown
        ? onCallersContext(share.asked()).chain(() -> take(caller, share))
        : Uni.createFrom().item(decision);
  }

  private void fetch(String caller, Share share, int wish) {
    pool.preparedQuery(FETCH)
        .execute(Tuple.of(caller, (double) wish, rate.perSecond(), rate.burst()))
        .ifNoItem()
        .after(config.timeout())
        .fail()
        .map(rows -> rows.iterator().next())
        .subscribe()
        .with(row -> granted(share, wish, row), failure -> failed(share, failure));
  }

  private void granted(Share share, int wish, Row row) {
    double granted = row.getDouble("granted");
    count(granted < wish ? "short" : "full");
    share.granted(wish, granted, row.getDouble("left_over"), System.nanoTime());
  }

  private void failed(Share share, Throwable failure) {
    count("failed");
    LOG.debugf("requests counted by this replica alone cause=%s", failure);
    share.failed(System.nanoTime());
  }

  private void countIfRefused(Decision decision) {
    if (decision instanceof Decision.Refused) {
      meters.counter("relata.rate.refused").increment();
    }
  }

  private void count(String outcome) {
    meters.counter("relata.rate.fetches", "outcome", outcome).increment();
  }

  /** Whoever waits for the same answer goes on where they began. */
  private static Uni<Void> onCallersContext(CompletableFuture<Void> asked) {
    Uni<Void> known = Uni.createFrom().completionStage(asked);
    Context context = Vertx.currentContext();
    return context == null
        ? known
        : known.emitOn(command -> context.runOnContext(_ -> command.run()));
  }
}
