package relata.api.query;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;
import relata.api.recipe.CanonicalJson;

/** Queries in the database. */
@Singleton
final class QueryStore {
  private static final String COLUMNS = " name, text, expected::text as expected, updated_at ";

  /** The check for the limit may let a few more in when many come at once, which harms nobody. */
  private static final String PUT =
      """
      insert into content.query as q (collection_id, name, text, expected)
      select $1, $2, $3, $4::text::jsonb
       where (select count(*) from content.query where collection_id = $1) < $5
          or exists (select from content.query where collection_id = $1 and name = $2)
      on conflict (collection_id, name) do update
         set text = excluded.text, expected = excluded.expected, updated_at = now()
      returning xmax = 0 as is_new,"""
          + COLUMNS;

  private static final String GET =
      "select" + COLUMNS + "from content.query where collection_id = $1 and name = $2";

  private static final String PAGE =
      "select"
          + COLUMNS
          + "from content.query where collection_id = $1 and name > $2 order by name limit $3";

  private static final String DELETE =
      "delete from content.query where collection_id = $1 and name = $2";

  private final Pool pool;
  private final CollectionLookup collections;
  private final QueryConfig config;

  QueryStore(Pool pool, CollectionLookup collections, QueryConfig config) {
    this.pool = pool;
    this.collections = collections;
    this.config = config;
  }

  /** A query as it is kept, and whether there was none of its name. */
  record Kept(StoredQuery query, boolean isNew) {}

  /**
   * Some queries in the order of their names.
   *
   * @param next what to pass as {@code after} for the following ones; null if these were the last
   */
  @Schema(name = "QueryPage")
  record Page(List<StoredQuery> queries, String next) {
    Page {
      queries = List.copyOf(queries);
    }
  }

  /** Keeps a query, in place of the one of its name; fails with 409 if there are too many. */
  Uni<Kept> put(String collection, String name, QueryBody.Checked query) {
    return collections
        .named(collection)
        .chain(found -> put(found, name, query))
        .map(
            kept ->
                kept.orElseThrow(
                    () -> Problem.of(ProblemType.TOO_MANY_QUERIES, tooMany()).exception()));
  }

  /** The same; empty if there are too many. */
  Uni<Optional<Kept>> put(FoundCollection collection, String name, QueryBody.Checked query) {
    return pool.withTransaction(
            connection ->
                collections
                    .keep(connection, collection)
                    .chain(
                        () ->
                            connection.preparedQuery(PUT).execute(values(collection, name, query))))
        .map(QueryStore::kept);
  }

  /** Why a query is not kept that would be one too many. */
  String tooMany() {
    return "The collection has %d queries, which is the limit; delete some."
        .formatted(config.maxQueries());
  }

  Uni<StoredQuery> get(String collection, String name) {
    return collections
        .named(collection)
        .chain(found -> pool.preparedQuery(GET).execute(Tuple.of(found.id(), name)))
        .invoke(rows -> requireOne(name, rows))
        .map(rows -> query(rows.iterator().next()));
  }

  Uni<Void> delete(String collection, String name) {
    return collections
        .named(collection)
        .chain(found -> pool.preparedQuery(DELETE).execute(Tuple.of(found.id(), name)))
        .invoke(
            deleted -> {
              if (deleted.rowCount() == 0) {
                throw unknown(name).exception();
              }
            })
        .replaceWithVoid();
  }

  Uni<Page> page(String collection, String after, int limit) {
    return collections
        .named(collection)
        .chain(found -> pool.preparedQuery(PAGE).execute(Tuple.of(found.id(), after, limit + 1)))
        .map(rows -> page(rows, limit));
  }

  private Tuple values(FoundCollection collection, String name, QueryBody.Checked query) {
    List<Map<String, Object>> expected =
        query.expected().stream()
            .map(document -> Map.<String, Object>of("id", document.id(), "grade", document.grade()))
            .toList();
    return Tuple.of(
        collection.id(),
        name,
        query.text(),
        CanonicalJson.write(expected),
        (long) config.maxQueries());
  }

  private static Optional<Kept> kept(RowSet<Row> rows) {
    return rows.stream().findFirst().map(row -> new Kept(query(row), row.getBoolean("is_new")));
  }

  private static Page page(RowSet<Row> rows, int limit) {
    List<StoredQuery> queries = new ArrayList<>();
    rows.forEach(row -> queries.add(query(row)));
    // One more than asked for says that there is a next page.
    return queries.size() <= limit
        ? new Page(queries, null)
        : new Page(queries.subList(0, limit), queries.get(limit - 1).name());
  }

  private static void requireOne(String name, RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw unknown(name).exception();
    }
  }

  private static Problem unknown(String name) {
    return Problem.of(ProblemType.UNKNOWN_QUERY, "There is no query '%s'.".formatted(name));
  }

  private static StoredQuery query(Row row) {
    return new StoredQuery(
        row.getString("name"),
        row.getString("text"),
        row.getString("expected"),
        row.getOffsetDateTime("updated_at").toInstant());
  }
}
