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

  private static final String GONE =
      """
      select generation_id from graph.generation g
       where not exists (select from content.generation c where c.id = g.generation_id)
      """;

  private static final int PAGE = 5000;

  private StaleDocuments() {}

  static List<Long> of(Session session, long generationId) {
    List<Long> stale = new ArrayList<>();
    session.forEach(STALE, PAGE, row -> stale.add(row.getLong("document_id")), generationId);
    return List.copyOf(stale);
  }

  static List<Long> generationsGone(Session session) {
    List<Long> gone = new ArrayList<>();
    session.query(GONE).forEach(row -> gone.add(row.getLong("generation_id")));
    return List.copyOf(gone);
  }
}
