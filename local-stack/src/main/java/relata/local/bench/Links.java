package relata.local.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What the database says of the graph; times are those of the commits. */
final class Links implements AutoCloseable {
  private final Connection connection;

  Links(Connection connection) {
    this.connection = connection;
  }

  /** Documents whose edges were committed, of the version that they were written in last. */
  long linked(long generation) throws SQLException {
    return number(
        """
        select count(*) from graph.node n join content.document d on d.id = n.document_id
         where n.generation_id = ? and n.version = d.version""",
        generation);
  }

  /** Documents that have edges, of whichever version: cheap enough to be asked while they come. */
  long nodes(long generation) throws SQLException {
    return number("select count(*) from graph.node where generation_id = ?", generation);
  }

  /** Entries of all neighbour lists. */
  long entries(long generation) throws SQLException {
    return number("select count(*) from graph.neighbor where generation_id = ?", generation);
  }

  /** Commits of edges so far. */
  long commits(long generation) throws SQLException {
    return number("select commit_seq from graph.generation where generation_id = ?", generation);
  }

  /** When the edges of the last document were committed. */
  Instant lastLinked(long generation) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select max(pg_xact_commit_timestamp(xmin)) from graph.node
             where generation_id = ?""")) {
      query.setLong(1, generation);
      ResultSet row = query.executeQuery();
      row.next();
      Timestamp last = row.getTimestamp(1);
      if (last == null) {
        throw new IllegalStateException("No document was linked.");
      }
      return last.toInstant();
    }
  }

  /** When each of these documents was linked in its newest version, of those that are. */
  Map<String, Instant> linkedSince(long generation, Collection<String> ids) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select d.external_id, pg_xact_commit_timestamp(n.xmin)
              from graph.node n join content.document d on d.id = n.document_id
             where n.generation_id = ? and d.external_id = any(?) and n.version = d.version""")) {
      query.setLong(1, generation);
      query.setArray(2, connection.createArrayOf("text", ids.toArray()));
      Map<String, Instant> linked = new HashMap<>();
      ResultSet rows = query.executeQuery();
      while (rows.next()) {
        linked.put(rows.getString(1), rows.getTimestamp(2).toInstant());
      }
      return linked;
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException gone) {
      // The server is stopped next.
    }
  }

  private long number(String sql, long generation) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setLong(1, generation);
      ResultSet row = query.executeQuery();
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
