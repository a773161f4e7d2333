package relata.api.status;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;

/** Counts a collection in one statement, so that all numbers are of the same moment. */
@Singleton
public final class StatusQuery {
  /**
   * One row for each generation that is served or built. Counted one generation after the other,
   * for then only their own rows of the states are read, whatever else the table holds.
   */
  private static final String GENERATIONS =
      """
      select g.id as generation, g.state as generation_state,
             g.state = 'active' or g.state = 'building' and not g.paused as is_worked_on, counted.*
        from content.generation g
       cross join lateral (
         select count(*)                                    as documents,
                count(*) filter (where state = 'pending')    as pending,
                count(*) filter (where state = 'processing') as processing,
                count(*) filter (where state = 'ready')      as ready,
                count(*) filter (where state = 'skipped')    as skipped,
                count(*) filter (where state = 'failed')     as failed,
                count(*) filter (where state = 'failed' and retry_at is null) as blocked,
                count(*) filter (where state = 'dead')       as dead,
                count(*) filter (where state in ('ready', 'skipped') and is_linked) as linked,
                count(*) filter (where state in ('ready', 'skipped')
                                   and state_since > now() - interval '1 minute') as done_lately,
                extract(epoch from now() - min(state_since)
                          filter (where state in ('ready', 'skipped')
                                    and state_since > now() - interval '1 minute'))::float8
                  as lately_seconds,
                extract(epoch from now() - min(written_at)
                          filter (where state in ('pending', 'processing', 'failed')))::float8
                  as oldest_pending_seconds
           from (
             select %s as state,
                    s.updated_at as state_since,
                    s.next_attempt_at as retry_at,
                    d.updated_at as written_at,
                    coalesce((n.version, n.request) = (d.version, d.request), false) as is_linked
               from content.document d
               left join feature.document_state s
                 on s.generation_id = g.id and s.document_id = d.id
               left join graph.node n on n.generation_id = g.id and n.document_id = d.id
              where d.collection_id = g.collection_id) as states) as counted
       where\s"""
          .formatted(DocumentState.SQL);

  private static final String COUNT =
      GENERATIONS + "g.collection_id = $1 and g.state in ('active', 'building')";

  private static final String COUNT_ONE = GENERATIONS + "g.collection_id = $1 and g.id = $2";

  /** Less says nothing of a rate: the documents of one batch become ready together. */
  private static final double SHORTEST_SECONDS = 1;

  private final Pool pool;
  private final CollectionLookup collections;

  StatusQuery(Pool pool, CollectionLookup collections) {
    this.pool = pool;
    this.collections = collections;
  }

  /** Fails with 404 if there is no such collection. */
  Uni<CollectionStatus> of(String collection) {
    return collections.named(collection).chain(this::of);
  }

  /** Fails with 404 if the collection is gone meanwhile. */
  public Uni<CollectionStatus> of(FoundCollection collection) {
    return pool.preparedQuery(COUNT)
        .execute(Tuple.of(collection.id()))
        .map(rows -> status(collection, rows));
  }

  /**
   * The counts of one generation, in whatever state; what it has may be erased already. Fails with
   * 404 if the collection is gone meanwhile.
   */
  public Uni<GenerationStatus> of(FoundCollection collection, long generation) {
    return pool.preparedQuery(COUNT_ONE)
        .execute(Tuple.of(collection.id(), generation))
        .map(rows -> one(collection, rows));
  }

  private static GenerationStatus one(FoundCollection collection, RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw CollectionLookup.gone(collection).exception();
    }
    return generation(rows.iterator().next());
  }

  private static CollectionStatus status(FoundCollection collection, RowSet<Row> rows) {
    GenerationStatus active = null;
    GenerationStatus building = null;
    for (Row row : rows) {
      if (row.getString("generation_state").equals("active")) {
        active = generation(row);
      } else {
        building = generation(row);
      }
    }
    if (active == null) {
      throw CollectionLookup.gone(collection).exception();
    }
    return new CollectionStatus(collection.name(), active, building);
  }

  private static GenerationStatus generation(Row row) {
    return GenerationStatus.of(
        row.getLong("generation"),
        row.getLong("documents"),
        row.getLong("pending"),
        row.getLong("processing"),
        row.getLong("ready"),
        row.getLong("skipped"),
        row.getLong("failed"),
        row.getLong("blocked"),
        row.getLong("dead"),
        row.getLong("linked"),
        row.getDouble("oldest_pending_seconds"),
        rate(row.getLong("done_lately"), row.getDouble("lately_seconds")),
        row.getBoolean("is_worked_on"));
  }

  /** Work that began two seconds ago is not a minute's: it is measured since its first document. */
  private static double rate(long done, Double seconds) {
    return done == 0 ? 0 : done / Math.max(SHORTEST_SECONDS, seconds);
  }
}
