package relata.graph.sweep;

import java.util.ArrayList;
import java.util.List;
import relata.graph.database.Session;

/** What differs between the features that are stored and the graph. */
final class StaleDocuments {
  /** Not linked, linked in another version, or linked though the features are gone. */
  private static final String STALE =
      """
      select document_id
        from (select document_id, stored_version from feature.document_state
               where generation_id = $1 and stored_version is not null) s
        full join (select document_id, version from graph.node where generation_id = $1) n
       using (document_id)
       where s.stored_version is distinct from n.version
       order by document_id
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

  /** In every table, not only where erasing ends: nothing of a deleted generation may stay. */
  private static final String GONE =
      """
      with recursive %s, %s, %s
      select id
        from (select generation_id as id from graph.generation
               union select id from node
               union select id from neighbor
               union select id from commit_log) g
       where id is not null
         and not exists (select from content.generation c where c.id = g.id)
       order by id
      """
          .formatted(
              GENERATIONS_OF.formatted("node"),
              GENERATIONS_OF.formatted("neighbor"),
              GENERATIONS_OF.formatted("commit_log"));

  private static final int PAGE = 5000;

  private StaleDocuments() {}

  static List<Long> of(Session session, long generationId) {
    List<Long> stale = new ArrayList<>();
    session.forEach(STALE, PAGE, row -> stale.add(row.getLong("document_id")), generationId);
    return List.copyOf(stale);
  }

  static List<Long> generationsGone(Session session) {
    List<Long> gone = new ArrayList<>();
    session.query(GONE).forEach(row -> gone.add(row.getLong("id")));
    return List.copyOf(gone);
  }
}
