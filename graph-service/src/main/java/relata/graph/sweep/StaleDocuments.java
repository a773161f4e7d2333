package relata.graph.sweep;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import relata.graph.database.Session;
import relata.graph.generation.GenerationTable;

/** What differs between the features that are stored and the graph. */
final class StaleDocuments {
  /**
   * Looks at so many rows of either table in order of the key, and at what differs among them: to
   * look at all of them each time would make a backlog cost its square.
   */
  private static final String PAGE =
      """
      with looked_at as (
        select document_id
          from ((select document_id from feature.document_state
                  where generation_id = $1 and document_id > $2 order by document_id limit $3)
                union all
                (select document_id from graph.node
                  where generation_id = $1 and document_id > $2 order by document_id limit $3)) d
         order by document_id
         limit $3),
      page as materialized (
        select count(*) as looked_at, max(document_id) as until from looked_at)
      select looked_at, until,
             array(
               select document_id
                 from (select document_id, stored_version, stored_request
                         from feature.document_state
                        where generation_id = $1 and document_id > $2 and document_id <= until
                          and stored_version is not null) s
                 full join (select document_id, version, request from graph.node
                             where generation_id = $1 and document_id > $2 and document_id <= until) n
                using (document_id)
                where %s
                order by document_id
                limit $4) as stale
        from page
      """;

  /** Not linked, linked in another revision, or linked though the features are gone. */
  private static final String STALE =
      PAGE.formatted(
          "(s.stored_version, s.stored_request) is distinct from (n.version, n.request)");

  private static final String REMOVED = PAGE.formatted("s.stored_version is null");

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

  private StaleDocuments() {}

  /**
   * How much one look takes in.
   *
   * @param rows that are looked at
   * @param documents that are found at most
   */
  record Limits(int rows, int documents) {}

  /** The next whose edges do not follow from their features, behind this document. */
  static StalePage next(Session session, long generationId, long behind, Limits limits) {
    return page(session, STALE, generationId, behind, limits);
  }

  /** The next that are linked though their features are gone, behind this document. */
  static StalePage nextRemoved(Session session, long generationId, long behind, Limits limits) {
    return page(session, REMOVED, generationId, behind, limits);
  }

  private static StalePage page(
      Session session, String sql, long generationId, long behind, Limits limits) {
    Row row =
        session
            .query(sql, generationId, behind, limits.rows(), limits.documents())
            .iterator()
            .next();
    List<Long> stale = List.of(row.getArrayOfLongs("stale"));
    if (stale.size() == limits.documents()) {
      return new StalePage(stale, stale.getLast(), false);
    }
    boolean last = row.getLong("looked_at") < limits.rows();
    return new StalePage(stale, last ? behind : row.getLong("until"), last);
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
