package relata.graph.compare;

import io.vertx.sqlclient.Row;
import relata.graph.compare.Comparison.Edges;
import relata.graph.database.Session;

/** Compares the edges of two generations as they are stored. */
final class StoredEdges {
  /** As in the view graph.edge: an unordered pair in which either has the other in its list. */
  private static final String COMPARE =
      """
      select count(*) filter (where in_current) as current,
             count(*) filter (where in_candidate) as candidate,
             count(*) filter (where in_current and in_candidate) as common
        from (select bool_or(generation_id = $1) as in_current,
                     bool_or(generation_id = $2) as in_candidate
                from graph.neighbor
               where generation_id in ($1, $2)
               group by least(document_id, neighbor_id), greatest(document_id, neighbor_id)) e
      """;

  private StoredEdges() {}

  static Edges compare(Session session, long current, long candidate) {
    Row row = session.query(COMPARE, current, candidate).iterator().next();
    long inCurrent = row.getLong("current");
    long inCandidate = row.getLong("candidate");
    long common = row.getLong("common");
    long either = inCurrent + inCandidate - common;
    return new Edges(inCurrent, inCandidate, either == 0 ? 1 : (double) common / either);
  }
}
