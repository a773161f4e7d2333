package relata.api.access;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * The keys that may be used, for as long as they are known. What nobody has is asked for every
 * time, so that strangers drive no key out of the cache.
 */
@Singleton
final class KeyRing {
  private static final Logger LOG = Logger.getLogger(KeyRing.class);

  private static final String FIND =
      """
      select tenant, secret_hash, scopes, expires_at
        from content.api_key
       where id = $1 and revoked_at is null""";

  private static final String USED =
      "update content.api_key set last_used_at = now() where id = $1";

  private final Pool pool;
  private final AsyncCache<String, KnownKey> known;
  private final Semaphore looks;

  KeyRing(@ReactiveDataSource("background") Pool pool, AccessConfig config) {
    this.pool = pool;
    this.looks = new Semaphore(config.maxLooks());
    this.known =
        Caffeine.newBuilder()
            .maximumSize(config.cachedKeys())
            .expireAfterWrite(config.cacheFor())
            .buildAsync();
  }

  /** The key, if there is such a one, it is not revoked, and the secret is its own. */
  Uni<Optional<KnownKey>> find(KeyText key) {
    CompletableFuture<KnownKey> found = known.getIfPresent(key.id());
    if (found != null && found.isDone() && !found.isCompletedExceptionally()) {
      return Uni.createFrom().item(checked(key, found.resultNow()));
    }
    return onCallersContext(known.get(key.id(), (id, _) -> load(id)))
        .map(one -> checked(key, one))
        .invoke(one -> one.ifPresent(this::noteUse));
  }

  /** Forgets a key that was revoked or is to end earlier; other replicas do so in their time. */
  void forget(String id) {
    known.synchronous().invalidate(id);
  }

  private static Optional<KnownKey> checked(KeyText key, KnownKey found) {
    return Optional.ofNullable(found).filter(one -> one.isOf(key, Instant.now()));
  }

  /** Null if there is none, which is not kept. */
  private CompletableFuture<KnownKey> load(String id) {
    if (!looks.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new ConnectionPoolTooBusyException("too many keys are looked up at once"));
    }
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(id))
        .map(rows -> known(id, rows))
        .onTermination()
        .invoke(looks::release)
        .subscribeAsCompletionStage();
  }

  /** For people who wonder whether a key is still needed: no request waits for it, or fails. */
  private void noteUse(KnownKey key) {
    pool.preparedQuery(USED)
        .execute(Tuple.of(key.id()))
        .subscribe()
        .with(_ -> {}, failure -> LOG.debugf("use of a key not noted cause=%s", failure));
  }

  /** Whoever else waits for the same look goes on where they began. */
  private static Uni<KnownKey> onCallersContext(CompletableFuture<KnownKey> found) {
    Uni<KnownKey> key = Uni.createFrom().completionStage(found);
    Context context = Vertx.currentContext();
    return context == null ? key : key.emitOn(command -> context.runOnContext(_ -> command.run()));
  }

  private static KnownKey known(String id, RowSet<Row> rows) {
    if (rows.size() == 0) {
      return null;
    }
    Row row = rows.iterator().next();
    return new KnownKey(
        id,
        row.getString("tenant"),
        row.getBuffer("secret_hash").getBytes(),
        Set.of(row.getArrayOfStrings("scopes")),
        row.getOffsetDateTime("expires_at").toInstant());
  }
}
