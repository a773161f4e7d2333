package relata.api.status;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;

/** Counts a collection in one statement, so that all numbers are of the same moment. */
@Singleton
final class StatusQuery {
  private static final String COUNT =
      """
      with states as (
        select %s as state,
               d.updated_at,
               coalesce(n.version = d.version, false) as is_linked
          from content.document d
          left join feature.document_state s on s.generation_id = $2 and s.document_id = d.id
          left join graph.node n on n.generation_id = $2 and n.document_id = d.id
         where d.collection_id = $1
      )
      select count(*)                                      as documents,
             count(*) filter (where state = 'pending')     as pending,
             count(*) filter (where state = 'processing')  as processing,
             count(*) filter (where state = 'ready')       as ready,
             count(*) filter (where state = 'skipped')     as skipped,
             count(*) filter (where state = 'failed')      as failed,
             count(*) filter (where state = 'dead')        as dead,
             count(*) filter (where state in ('ready', 'skipped') and is_linked) as linked,
             extract(epoch from now() - min(updated_at) filter (where state = 'pending'))::float8
               as oldest_pending_seconds
        from states"""
          .formatted(DocumentState.SQL);

  private final Pool pool;
  private final CollectionLookup collections;

  StatusQuery(Pool pool, CollectionLookup collections) {
    this.pool = pool;
    this.collections = collections;
  }

  /** Fails with 404 if there is no such collection. */
  Uni<CollectionStatus> of(String collection) {
    return collections.named(collection).chain(this::count);
  }

  private Uni<CollectionStatus> count(FoundCollection collection) {
    return pool.preparedQuery(COUNT)
        .execute(Tuple.of(collection.id(), collection.generation()))
        .map(rows -> status(collection, rows.iterator().next()));
  }

  private static CollectionStatus status(FoundCollection collection, Row row) {
    long documents = row.getLong("documents");
    long ready = row.getLong("ready");
    long skipped = row.getLong("skipped");
    return new CollectionStatus(
        collection.name(),
        collection.generation(),
        documents,
        row.getLong("pending"),
        row.getLong("processing"),
        ready,
        skipped,
        row.getLong("failed"),
        row.getLong("dead"),
        documents == 0 ? 1 : (double) (ready + skipped) / documents,
        row.getLong("linked"),
        row.getDouble("oldest_pending_seconds"));
  }
}
