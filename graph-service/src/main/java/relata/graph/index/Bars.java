package relata.graph.index;

import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import relata.graph.database.Session;

/** The recall that searches of a collection must have, as its owner wants it. */
final class Bars {
  private static final String OF =
      """
      select g.id, c.min_recall
        from content.generation g join content.collection c on c.id = g.collection_id
       where g.id = any($1)
      """;

  private Bars() {}

  /** That of each of the generations that exist. */
  static Map<Long, Double> of(Session session, Collection<Long> generationIds, TuneConfig config) {
    Map<Long, Double> bars = new HashMap<>();
    for (Row row : session.query(OF, (Object) generationIds.toArray(Long[]::new))) {
      Double own = row.getDouble("min_recall");
      bars.put(row.getLong("id"), own == null ? config.minRecall() : own);
    }
    return bars;
  }
}
