package relata.api.index;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import relata.api.collection.CollectionLookup;

/** Keeps what collections ask of their indexes; graph-service reads it there. */
@Singleton
final class IndexSettingsStore {
  private static final String PUT = "update content.collection set min_recall = $2 where id = $1";

  private final CollectionLookup collections;
  private final Pool pool;

  IndexSettingsStore(CollectionLookup collections, Pool pool) {
    this.collections = collections;
    this.pool = pool;
  }

  /** Keeps the settings in place of those there were. */
  Uni<IndexSettings> put(String collection, IndexSettings settings) {
    return collections
        .named(collection)
        .chain(
            found ->
                pool.preparedQuery(PUT)
                    .execute(Tuple.of(found.id(), settings.minRecall()))
                    .invoke(
                        rows -> {
                          if (rows.rowCount() == 0) {
                            throw CollectionLookup.gone(found).exception();
                          }
                        }))
        .replaceWith(settings);
  }
}
