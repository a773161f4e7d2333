package relata.graph.generation;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.graph.database.Session;

/** What api-service says about generations. */
public final class GenerationTable {
  private static final String FIND =
      """
      select g.id, g.collection_id, c.tenant,
             (g.recipe -> 'edges' ->> 'minSimilarity')::float8 as min_similarity,
             (g.recipe -> 'edges' ->> 'maxNeighbors')::int as max_neighbors
        from content.generation g join content.collection c on c.id = g.collection_id
       where g.id = $1
      """;

  private static final String SERVED =
      "select id from content.generation where state in ('building', 'active') order by id";

  private GenerationTable() {}

  /** The generation in whatever state it is; empty if it was deleted. */
  public static Optional<Generation> find(Session session, long generationId) {
    RowSet<Row> rows = session.query(FIND, generationId);
    for (Row row : rows) {
      return Optional.of(
          new Generation(
              row.getLong("id"),
              row.getLong("collection_id"),
              row.getString("tenant"),
              row.getDouble("min_similarity"),
              row.getInteger("max_neighbors")));
    }
    return Optional.empty();
  }

  /** The generations that are searched or being built, and whose index is kept in memory. */
  public static List<Long> served(Session session) {
    List<Long> ids = new ArrayList<>();
    session.query(SERVED).forEach(row -> ids.add(row.getLong("id")));
    return List.copyOf(ids);
  }
}
