package relata.api.access;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;
import relata.api.tenant.Tenant;

/** The tenant's keys in the database. Of a secret only its hash is there. */
@Singleton
final class KeyStore {
  private static final String COLUMNS =
      "id, tenant, name, scopes, created_at, expires_at, revoked_at, last_used_at";

  private static final String INSERT =
      """
      insert into content.api_key (id, tenant, name, secret_hash, scopes, expires_at)
      select $1, $2, $3, $4, $5, $6
       where (select count(*) from content.api_key
               where tenant = $2 and revoked_at is null and expires_at > now()) < $7
      returning\s"""
          + COLUMNS;

  private static final String LIST =
      "select "
          + COLUMNS
          + """

              from content.api_key
             where tenant = $1 and id > $2 order by id limit $3""";

  private static final String REVOKE =
      """
      update content.api_key set revoked_at = coalesce(revoked_at, now())
       where tenant = $1 and id = $2""";

  /** What still works; the new key lives as long as this one was made to. */
  private static final String LIVING =
      """
      select name, scopes, least(now() + (expires_at - created_at), now() + make_interval(secs => $3))
               as successor_ends
        from content.api_key
       where tenant = $1 and id = $2 and revoked_at is null and expires_at > now()
         for no key update""";

  private static final String END_SOON =
      """
      update content.api_key
         set expires_at = least(expires_at, now() + make_interval(secs => $3))
       where tenant = $1 and id = $2""";

  private final Pool pool;
  private final AccessConfig config;
  private final KeyRing ring;

  KeyStore(Pool pool, AccessConfig config, KeyRing ring) {
    this.pool = pool;
    this.config = config;
    this.ring = ring;
  }

  /** Makes a key and shows it; fails with 409 if the tenant has as many as it may. */
  Uni<KeyView> create(NewKey.Checked wanted) {
    return pool.withConnection(connection -> insert(connection, wanted));
  }

  /** The keys behind {@code after}, those that ended, too. */
  Uni<KeyPage> page(String after, int limit) {
    return pool.preparedQuery(LIST)
        .execute(Tuple.of(Tenant.current(), after, limit + 1))
        .map(rows -> page(rows, limit));
  }

  /** Ends a key; again changes nothing. Fails with 404 if the tenant has no such key. */
  Uni<Void> revoke(String id) {
    return pool.preparedQuery(REVOKE)
        .execute(Tuple.of(Tenant.current(), id))
        .invoke(
            rows -> {
              if (rows.rowCount() == 0) {
                throw unknown().exception();
              }
            })
        .invoke(() -> ring.forget(id))
        .replaceWithVoid();
  }

  /**
   * Makes a key like the one of this id, which ends after the overlap. Fails with 404 if the tenant
   * has no such key that still works.
   */
  Uni<KeyView> rotate(String id, int overlapSeconds) {
    String tenant = Tenant.current();
    return pool.withTransaction(
            connection ->
                connection
                    .preparedQuery(LIVING)
                    .execute(Tuple.of(tenant, id, (double) config.maxLifetime().toSeconds()))
                    .map(KeyStore::successor)
                    .chain(wanted -> insert(connection, wanted))
                    .call(
                        () ->
                            connection
                                .preparedQuery(END_SOON)
                                .execute(Tuple.of(tenant, id, (double) overlapSeconds))))
        .invoke(() -> ring.forget(id));
  }

  private Uni<KeyView> insert(SqlConnection connection, NewKey.Checked wanted) {
    KeyText key = KeyText.random();
    Tuple values =
        Tuple.tuple()
            .addString(key.id())
            .addString(Tenant.current())
            .addString(wanted.name())
            .addValue(Buffer.buffer(key.hash()))
            .addArrayOfString(wanted.scopes().stream().sorted().toArray(String[]::new))
            .addOffsetDateTime(wanted.expiresAt().atOffset(ZoneOffset.UTC))
            .addInteger(config.maxKeys());
    return connection.preparedQuery(INSERT).execute(values).map(this::made).map(it -> it.with(key));
  }

  private KeyView made(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw Problem.of(
              ProblemType.TOO_MANY_KEYS,
              "The tenant has %d keys, as many as it may: revoke some first."
                  .formatted(config.maxKeys()))
          .exception();
    }
    return view(rows.iterator().next());
  }

  private static NewKey.Checked successor(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw unknown().exception();
    }
    Row row = rows.iterator().next();
    return new NewKey.Checked(
        row.getString("name"),
        Set.of(row.getArrayOfStrings("scopes")),
        row.getOffsetDateTime("successor_ends").toInstant());
  }

  private static KeyPage page(RowSet<Row> rows, int limit) {
    List<KeyView> keys =
        StreamSupport.stream(rows.spliterator(), false).map(KeyStore::view).toList();
    // One more than asked for says that there is a next page.
    return keys.size() <= limit
        ? new KeyPage(keys, null)
        : new KeyPage(keys.subList(0, limit), keys.get(limit - 1).id());
  }

  private static KeyView view(Row row) {
    return new KeyView(
        row.getString("id"),
        null,
        row.getString("tenant"),
        row.getString("name"),
        List.of(row.getArrayOfStrings("scopes")),
        instant(row.getOffsetDateTime("created_at")),
        instant(row.getOffsetDateTime("expires_at")),
        instant(row.getOffsetDateTime("revoked_at")),
        instant(row.getOffsetDateTime("last_used_at")));
  }

  private static Instant instant(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  private static Problem unknown() {
    return Problem.of(ProblemType.UNKNOWN_KEY, "The tenant has no such key that still works.");
  }
}
