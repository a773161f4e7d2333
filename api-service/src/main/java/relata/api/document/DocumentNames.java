package relata.api.document;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import relata.api.database.Plan;

/** Turns the ids of documents within the service into what clients know them by. */
@Singleton
public final class DocumentNames {
  /** By the primary key first: indexes that begin with the collection find all of it. */
  private static final String BY_KEYS =
      """
      with named as materialized (
        select id, collection_id, external_id, title, version
          from content.document where id = any($2))
      select id, external_id, title, version from named where collection_id = $1""";

  private static final String BY_ID =
      """
      select id, external_id, title, version
        from content.document
       where collection_id = $1 and external_id = $2""";

  private final Pool pool;

  DocumentNames(Pool pool) {
    this.pool = pool;
  }

  /**
   * A document as an answer names it.
   *
   * @param key its id within the service
   * @param id the id that its client gave it
   */
  public record Name(long key, String id, String title, long version) {}

  /** The documents of these keys; those that are gone meanwhile are left out. */
  public Uni<Map<Long, Name>> byKeys(long collectionId, Collection<Long> keys) {
    if (keys.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return pool.preparedQuery(BY_KEYS, Plan.KEPT)
        .execute(Tuple.of(collectionId, keys.toArray(Long[]::new)))
        .map(DocumentNames::byKey);
  }

  /** The document of this id; fails with the 404 that names it. */
  public Uni<Name> byId(long collectionId, String id) {
    return pool.preparedQuery(BY_ID)
        .execute(Tuple.of(collectionId, id))
        .map(rows -> byKey(rows).values().stream().findFirst())
        .map(found -> found.orElseThrow(() -> ExternalId.unknown(id).exception()));
  }

  private static Map<Long, Name> byKey(RowSet<Row> rows) {
    Map<Long, Name> names = new HashMap<>();
    rows.forEach(row -> names.put(row.getLong("id"), name(row)));
    return names;
  }

  private static Name name(Row row) {
    return new Name(
        row.getLong("id"),
        row.getString("external_id"),
        row.getString("title"),
        row.getLong("version"));
  }
}
