package relata.graph.explore;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import relata.graph.database.Database;
import relata.graph.database.Session;
import relata.graph.generation.GenerationTable;
import relata.graph.network.NetworkBuilder;
import relata.graph.problem.ProblemException;

/**
 * The graphs that were looked at lately, in memory. Each look asks for the number of the last
 * commit, and what is older is read again: nobody has to tell of changes.
 */
@Singleton
final class Networks {
  private static final String COMMIT =
      """
      select coalesce(c.commit_seq, 0) as commit_seq
        from content.generation g left join graph.generation c on c.generation_id = g.id
       where g.id = $1 and %s
      """
          .formatted(GenerationTable.IS_KEPT);

  /** One statement, so that nodes and edges are of the same moment. */
  private static final String GRAPH =
      """
      select document_id, null::bigint as neighbor_id, null::float8 as similarity
        from graph.node where generation_id = $1
       union all
      select document_id, neighbor_id, similarity
        from graph.neighbor where generation_id = $1
      """;

  private final Database database;
  private final ExploreConfig config;

  /**
   * One is read at a time: it takes memory twice, and both of the database's and this processor.
   */
  private final ReentrantLock reading = new ReentrantLock();

  /** Least recently used first. */
  private final Map<Long, LoadedNetwork> loaded = new LinkedHashMap<>(16, 0.75f, true);

  Networks(Database database, ExploreConfig config) {
    this.database = database;
    this.config = config;
  }

  /**
   * The generation's graph as it is now.
   *
   * @throws ProblemException if there is no such generation, or it has more edges than are looked
   *     at as a whole
   */
  LoadedNetwork of(long generationId) {
    reading.lock();
    try {
      return database.transaction(session -> of(session, generationId));
    } finally {
      reading.unlock();
    }
  }

  private LoadedNetwork of(Session session, long generationId) {
    OptionalLong commit = commit(session, generationId);
    if (commit.isEmpty()) {
      loaded.remove(generationId);
      throw ProblemException.unknownGeneration(generationId);
    }
    LoadedNetwork known = loaded.get(generationId);
    if (known != null && known.commit() == commit.getAsLong()) {
      return known;
    }
    LoadedNetwork read = read(session, generationId, commit.getAsLong());
    loaded.put(generationId, read);
    while (loaded.size() > config.maxGraphs()) {
      loaded.remove(loaded.keySet().iterator().next());
    }
    return read;
  }

  private static OptionalLong commit(Session session, long generationId) {
    RowSet<Row> rows = session.query(COMMIT, generationId);
    return rows.size() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(rows.iterator().next().getLong("commit_seq"));
  }

  private LoadedNetwork read(Session session, long generationId, long commit) {
    NetworkBuilder builder = new NetworkBuilder();
    session.forEach(GRAPH, config.readRows(), row -> add(builder, row), generationId);
    return new LoadedNetwork(generationId, commit, builder.build());
  }

  private void add(NetworkBuilder builder, Row row) {
    Long neighbor = row.getLong("neighbor_id");
    if (neighbor == null) {
      builder.node(row.getLong("document_id"));
      return;
    }
    if (builder.entries() == config.maxEntries()) {
      throw ProblemException.unavailable(
          ("The graph has more than %d entries of neighbour lists, too many to be looked at as a"
                  + " whole; relata.explore.max-entries allows more.")
              .formatted(config.maxEntries()));
    }
    builder.entry(row.getLong("document_id"), neighbor, row.getDouble("similarity"));
  }
}
