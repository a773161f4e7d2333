package relata.local.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the database says of the features; times are those of the commits. */
final class Features implements AutoCloseable {
  private final Connection connection;

  Features(Connection connection) {
    this.connection = connection;
  }

  long activeGeneration(String collection) throws SQLException {
    return generation(collection, "active");
  }

  long buildingGeneration(String collection) throws SQLException {
    return generation(collection, "building");
  }

  /** Documents for which nothing more will happen by itself. */
  long settled(long generation) throws SQLException {
    return number(
        """
        select count(*) from feature.document_state
         where generation_id = ? and state in ('ready', 'skipped', 'dead')""",
        generation);
  }

  long ready(long generation) throws SQLException {
    return number(
        "select count(*) from feature.document_state where generation_id = ? and state = 'ready'",
        generation);
  }

  /** When the last of its documents became ready. */
  Instant lastReady(long generation) throws SQLException {
    try (PreparedStatement query =
        prepared(
            """
            select max(pg_xact_commit_timestamp(xmin)) from feature.document_state
             where generation_id = ? and state = 'ready'""",
            generation)) {
      ResultSet row = query.executeQuery();
      row.next();
      Timestamp last = row.getTimestamp(1);
      if (last == null) {
        throw new IllegalStateException("No document became ready.");
      }
      return last.toInstant();
    }
  }

  /** When each of these documents became ready at its newest version, of those that did. */
  Map<String, Instant> readySince(long generation, Collection<String> ids) throws SQLException {
    try (PreparedStatement query =
        prepared(
            """
            select d.external_id, pg_xact_commit_timestamp(s.xmin)
              from feature.document_state s join content.document d on d.id = s.document_id
             where s.generation_id = ? and d.external_id = any(?)
               and s.state = 'ready' and s.version = d.version""",
            generation,
            connection.createArrayOf("text", ids.toArray()))) {
      Map<String, Instant> ready = new HashMap<>();
      ResultSet rows = query.executeQuery();
      while (rows.next()) {
        ready.put(rows.getString(1), rows.getTimestamp(2).toInstant());
      }
      return ready;
    }
  }

  /** The ids of dead documents whose row says why. */
  List<String> explainedDead(long generation) throws SQLException {
    try (PreparedStatement query =
        prepared(
            """
            select d.external_id
              from feature.document_state s join content.document d on d.id = s.document_id
             where s.generation_id = ? and s.state = 'dead' and s.error_code > '' and s.error > ''""",
            generation)) {
      List<String> ids = new ArrayList<>();
      ResultSet rows = query.executeQuery();
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
      return ids;
    }
  }

  long dead(long generation) throws SQLException {
    return number(
        "select count(*) from feature.document_state where generation_id = ? and state = 'dead'",
        generation);
  }

  /** A point in the database's history. */
  long transaction() throws SQLException {
    return number("select pg_current_xact_id()::text::bigint");
  }

  /** Rows of the features' tables. */
  long rows() throws SQLException {
    return number(
        "select (select count(*) from feature.document_state)"
            + " + (select count(*) from feature.chunk)"
            + " + (select count(*) from feature.description)");
  }

  /** Rows of these tables that were written since then; a young database's ids never wrap. */
  long rowsWrittenSince(long transaction) throws SQLException {
    return number(
        """
        select (select count(*) from feature.document_state where xmin::text::bigint >= ?)
             + (select count(*) from feature.chunk where xmin::text::bigint >= ?)
             + (select count(*) from feature.description where xmin::text::bigint >= ?)""",
        transaction,
        transaction,
        transaction);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException gone) {
      // The server is stopped next.
    }
  }

  private long generation(String collection, String state) throws SQLException {
    return number(
        """
        select g.id from content.generation g join content.collection c on c.id = g.collection_id
         where c.name = ? and g.state = ?""",
        collection,
        state);
  }

  private long number(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement query = prepared(sql, parameters)) {
      ResultSet row = query.executeQuery();
      if (!row.next()) {
        throw new IllegalStateException("The database has no answer to: " + sql);
      }
      return row.getLong(1);
    }
  }

  private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
    PreparedStatement query = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      query.setObject(i + 1, parameters[i]);
    }
    return query;
  }
}
