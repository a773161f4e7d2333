package relata.api.generation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;

/**
 * Changes of a collection's generations, one after the other whichever replica makes them. Writes
 * of documents do not wait for them, nor they for those.
 */
@Singleton
public final class GenerationBook {
  /**
   * The oldest generation stays as long as the collection does, so its row is the lock. The
   * collection is kept before, as a deletion of it takes the two in the same order. What is read
   * behind the lock is read by a statement of its own, which sees what others committed.
   */
  private static final String LOCK =
      """
      select id from content.generation
       where collection_id = $1 order by id limit 1 for no key update""";

  private final Pool pool;
  private final GenerationRows rows;
  private final CollectionLookup collections;

  GenerationBook(Pool pool, GenerationRows rows, CollectionLookup collections) {
    this.pool = pool;
    this.rows = rows;
    this.collections = collections;
  }

  /** For what is only read. */
  SqlClient database() {
    return pool;
  }

  /** The generations as they are right now, for answers; fails with 404 if it is gone. */
  public Uni<Generations> read(FoundCollection collection, long wanted) {
    return rows.living(pool, collection.id(), wanted)
        .invoke(
            found -> {
              if (found.all().isEmpty()) {
                throw CollectionLookup.gone(collection).exception();
              }
            });
  }

  /** So many of a collection's generations, newest first; none if it is gone. */
  public Uni<List<Generation>> newest(FoundCollection collection, int limit) {
    return rows.page(pool, collection.id(), Long.MAX_VALUE, limit);
  }

  /**
   * Runs a change in one transaction while nobody else changes generations of the collection; fails
   * with 404 if it is gone.
   *
   * @param wanted a generation that the change is about, 0 for none
   */
  public <T> Uni<T> inTurn(FoundCollection collection, long wanted, Function<Turn, Uni<T>> change) {
    return pool.withTransaction(
        connection ->
            collections
                .keep(connection, collection)
                .chain(() -> lock(connection, collection))
                .chain(() -> rows.living(connection, collection.id(), wanted))
                .chain(found -> change.apply(new Turn(connection, collection, found))));
  }

  private static Uni<Void> lock(SqlConnection connection, FoundCollection collection) {
    return connection.preparedQuery(LOCK).execute(Tuple.of(collection.id())).replaceWithVoid();
  }
}
