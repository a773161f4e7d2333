package relata.graph.sweep;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import relata.graph.database.Session;
import relata.graph.generation.GenerationTable;

/** What differs between the features that are stored and the graph. */
final class StaleDocuments {
  /** Not linked, linked in another revision, or linked though the features are gone. */
  private static final String STALE =
      """
      select document_id
        from (select document_id, stored_version, stored_request from feature.document_state
               where generation_id = $1 and stored_version is not null) s
        full join (select document_id, version, request from graph.node where generation_id = $1) n
       using (document_id)
       where (s.stored_version, s.stored_request) is distinct from (n.version, n.request)
       order by document_id
       limit $2
      """;

  /** The generations of a table, from one to the next by its key: it may have millions of rows. */
  private static final String GENERATIONS_OF =
      """
      %1$s(id) as (
        select min(generation_id) from graph.%1$s
         union all
        select (select min(generation_id) from graph.%1$s where generation_id > before.id)
          from %1$s before where before.id is not null)
      """;

  /** In every table, not only where erasing ends: nothing of a generation that is gone may stay. */
  private static final String GONE =
      """
      with recursive %s, %s, %s, %s, %s, %s
      select id
        from (select generation_id as id from graph.generation
               union select id from node
               union select id from neighbor
               union select id from commit_log
               union select id from query_sample
               union select id from tuning_trial
               union select id from tuning_run
               union select generation_id from graph.index_setting) known
       where id is not null
         and not exists (select from content.generation g where g.id = known.id and %s)
       order by id
      """
          .formatted(
              GENERATIONS_OF.formatted("node"),
              GENERATIONS_OF.formatted("neighbor"),
              GENERATIONS_OF.formatted("commit_log"),
              GENERATIONS_OF.formatted("query_sample"),
              GENERATIONS_OF.formatted("tuning_trial"),
              GENERATIONS_OF.formatted("tuning_run"),
              GenerationTable.IS_KEPT);

  private static final String REMOVED =
      """
      select n.document_id from graph.node n
       where n.generation_id = $1
         and not exists (
           select from feature.document_state s
            where s.generation_id = $1 and s.document_id = n.document_id
              and s.stored_version is not null)
       order by n.document_id
       limit $2
      """;

  private StaleDocuments() {}

  /** Some whose edges do not follow from their features, by id. */
  static List<Long> of(Session session, long generationId, int limit) {
    return ids(session.query(STALE, generationId, limit));
  }

  /** Some that are linked though their features are gone, by id. */
  static List<Long> removed(Session session, long generationId, int limit) {
    return ids(session.query(REMOVED, generationId, limit));
  }

  static List<Long> generationsGone(Session session) {
    return ids(session.query(GONE));
  }

  private static List<Long> ids(RowSet<Row> rows) {
    List<Long> ids = new ArrayList<>();
    rows.forEach(row -> ids.add(row.getLong(0)));
    return List.copyOf(ids);
  }
}
