package relata.api.generation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import relata.api.status.DocumentState;

/**
 * Counts what a building generation lacks, in one statement over the documents. A document counts
 * as on its way only if it was written after the building began: what was there before must be
 * done. And an edit excuses nobody from what an older version of the document has already: if that
 * is served now, some version of it must be there to be served after the switch.
 */
@Singleton
final class WholenessQuery {
  private static final String COUNT =
      """
      select count(*) as documents,
             count(*) filter (where not is_fresh and state in ('pending', 'processing')) as waiting,
             count(*) filter (where not is_fresh and state = 'failed'
                                and retry_at is not null) as failed,
             count(*) filter (where not is_fresh and state = 'failed'
                                and retry_at is null) as blocked,
             count(*) filter (where not is_fresh and not is_linked
                                and state in ('ready', 'skipped')) as unlinked,
             count(*) filter (where state = 'dead' and served = 0) as lost,
             count(*) filter (where state = 'skipped') as skipped,
             count(*) filter (where state = 'dead' and served < served_now) as dead_only_here,
             count(*) filter (where served_now > 0) as comparable
        from (
          select %s as state,
                 d.updated_at > b.edge
                   and (d.created_at > b.edge
                        or a.stored_version is null
                        or (s.stored_version is not null and n.document_id is not null))
                   as is_fresh,
                 s.next_attempt_at as retry_at,
                 coalesce((n.version, n.request) = (d.version, d.request), false) as is_linked,
                 coalesce(s.stored_version, 0) as served,
                 coalesce(a.stored_version, 0) as served_now
            from content.document d
           cross join (select greatest(coalesce(retired_at, created_at),
                                       now() - make_interval(secs => $4)) as edge
                         from content.generation where id = $3) as b
            left join feature.document_state s on s.generation_id = $3 and s.document_id = d.id
            left join feature.document_state a on a.generation_id = $2 and a.document_id = d.id
            left join graph.node n on n.generation_id = $3 and n.document_id = d.id
           where d.collection_id = $1) as states"""
          .formatted(DocumentState.SQL);

  private final double graceSeconds;

  WholenessQuery(GenerationConfig config) {
    this.graceSeconds = config.grace().toMillis() / 1000.0;
  }

  /** As of now, on a connection of the caller's or the pool. */
  Uni<Wholeness> count(SqlClient database, long collectionId, long active, long building) {
    return database
        .preparedQuery(COUNT)
        .execute(Tuple.of(collectionId, active, building, graceSeconds))
        .map(rows -> wholeness(rows.iterator().next()));
  }

  private static Wholeness wholeness(Row row) {
    return new Wholeness(
        row.getLong("documents"),
        row.getLong("waiting"),
        row.getLong("failed"),
        row.getLong("blocked"),
        row.getLong("unlinked"),
        row.getLong("lost"),
        row.getLong("skipped"),
        row.getLong("dead_only_here"),
        row.getLong("comparable"));
  }
}
