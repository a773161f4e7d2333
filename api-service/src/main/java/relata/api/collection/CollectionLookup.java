package relata.api.collection;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import relata.api.database.Plan;
import relata.api.problem.Problem;
import relata.api.tenant.Tenant;

/** Collections by plain SQL, for units of work that run on the pool and not in a session. */
@Singleton
public final class CollectionLookup {
  private static final String FIND =
      """
      select c.id, g.id as generation
        from content.collection c
        join content.generation g on g.collection_id = c.id and g.state = 'active'
       where c.tenant = $1 and c.name = $2""";

  private static final String VIEW =
      """
      select c.name, g.id as generation, g.recipe::text as recipe, g.written::text as written,
             b.id as building, b.paused, b.recipe::text as building_recipe,
             b.written::text as building_written, c.created_at
        from content.collection c
        join content.generation g on g.collection_id = c.id and g.state = 'active'
        left join content.generation b on b.collection_id = c.id and b.state = 'building'
       where c.tenant = $1 and\s""";

  private static final String LIST = VIEW + "c.name > $2 order by c.name limit $3";

  private static final String GET = VIEW + "c.name = $2";

  private static final String KEEP = "select 1 from content.collection where id = $1 for key share";

  private final Pool pool;

  CollectionLookup(Pool pool) {
    this.pool = pool;
  }

  /** Finds a collection; fails with the 404 that names it. */
  public Uni<FoundCollection> named(String name) {
    if (!CollectionName.isValid(name)) {
      return Uni.createFrom().failure(CollectionName.unknown(name).exception());
    }
    return pool.preparedQuery(FIND, Plan.KEPT)
        .execute(Tuple.of(Tenant.current(), name))
        .map(rows -> found(name, rows));
  }

  /**
   * Finds a collection and keeps it from being deleted until the connection's transaction ends;
   * fails with the 404 that names it.
   */
  public Uni<FoundCollection> keep(SqlConnection connection, String name) {
    if (!CollectionName.isValid(name)) {
      return Uni.createFrom().failure(CollectionName.unknown(name).exception());
    }
    return connection
        .preparedQuery(FIND + " for key share of c")
        .execute(Tuple.of(Tenant.current(), name))
        .map(rows -> found(name, rows));
  }

  /**
   * Keeps a collection from being deleted until the connection's transaction ends; fails with 404
   * if it was deleted already.
   */
  public Uni<Void> keep(SqlConnection connection, FoundCollection collection) {
    return connection
        .preparedQuery(KEEP)
        .execute(Tuple.of(collection.id()))
        .invoke(rows -> requireOne(collection.name(), rows))
        .replaceWithVoid();
  }

  /** 404 for a collection that was deleted since it was found. */
  public static Problem gone(FoundCollection collection) {
    return CollectionName.unknown(collection.name());
  }

  /** A collection with its recipe; fails with the 404 that names it. */
  Uni<CollectionView> view(String name) {
    if (!CollectionName.isValid(name)) {
      return Uni.createFrom().failure(CollectionName.unknown(name).exception());
    }
    return pool.preparedQuery(GET)
        .execute(Tuple.of(Tenant.current(), name))
        .invoke(rows -> requireOne(name, rows))
        .map(rows -> view(rows.iterator().next()));
  }

  /** The collections behind {@code after} in the order of their names. */
  Uni<CollectionPage> page(String after, int limit) {
    return pool.preparedQuery(LIST)
        .execute(Tuple.of(Tenant.current(), after, limit + 1))
        .map(rows -> page(rows, limit));
  }

  private static FoundCollection found(String name, RowSet<Row> rows) {
    requireOne(name, rows);
    Row row = rows.iterator().next();
    return new FoundCollection(row.getLong("id"), name, row.getLong("generation"));
  }

  private static void requireOne(String name, RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw CollectionName.unknown(name).exception();
    }
  }

  private static CollectionPage page(RowSet<Row> rows, int limit) {
    List<CollectionView> views = new ArrayList<>();
    rows.forEach(row -> views.add(view(row)));
    // One more than asked for says that there is a next page.
    if (views.size() <= limit) {
      return new CollectionPage(views, null);
    }
    return new CollectionPage(views.subList(0, limit), views.get(limit - 1).name());
  }

  private static CollectionView view(Row row) {
    return new CollectionView(
        row.getString("name"),
        row.getLong("generation"),
        row.getString("recipe"),
        row.getString("written"),
        building(row),
        row.getOffsetDateTime("created_at").toInstant());
  }

  private static CollectionView.Building building(Row row) {
    Long generation = row.getLong("building");
    return generation == null
        ? null
        : new CollectionView.Building(
            generation,
            row.getBoolean("paused"),
            row.getString("building_recipe"),
            row.getString("building_written"));
  }
}
