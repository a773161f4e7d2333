package relata.system.running;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import relata.local.postgres.LocalPostgres;

/** What stands in the tables of a running stack, read as the superuser. */
public final class Database {
  /** A lock that nobody gives back is an error, too. */
  private static final int LONGEST_SECONDS = 120;

  private final Connections connections;

  public Database(LocalPostgres postgres) {
    this(postgres::connect);
  }

  Database(Connections connections) {
    this.connections = connections;
  }

  /** The first column of the first row. */
  public long number(String sql, Object... parameters) {
    return query(sql, row -> row.getLong(1), parameters).getFirst();
  }

  public long activeGeneration(String collection) {
    return number(
        "select g.id from content.generation g join content.collection c on c.id = g.collection_id"
            + " where c.name = ? and g.state = 'active'",
        collection);
  }

  /** The key of each document of a collection by the id that its client gave it. */
  public Map<String, Long> keys(String collection) {
    Map<String, Long> keys = new TreeMap<>();
    query(
            "select d.external_id, d.id from content.document d"
                + " join content.collection c on c.id = d.collection_id where c.name = ?",
            row -> Map.entry(row.getString(1), row.getLong(2)),
            collection)
        .forEach(document -> keys.put(document.getKey(), document.getValue()));
    return keys;
  }

  /** The vectors of each document by its id, in the order of the chunks. */
  public Map<Long, List<float[]>> vectors(long generation) {
    Map<Long, List<float[]>> vectors = new TreeMap<>();
    query(
            "select document_id, vector from feature.chunk where generation_id = ?"
                + " order by document_id, ordinal",
            row -> Map.entry(row.getLong(1), floats(row.getBytes(2))),
            generation)
        .forEach(
            chunk ->
                vectors
                    .computeIfAbsent(chunk.getKey(), id -> new ArrayList<>())
                    .add(chunk.getValue()));
    return vectors;
  }

  /** The vector of each text; of equal texts, any. */
  public Map<String, float[]> vectorsOfTexts(long generation) {
    Map<String, float[]> vectors = new TreeMap<>();
    query(
            "select text, vector from feature.chunk where generation_id = ?",
            row -> Map.entry(row.getString(1), floats(row.getBytes(2))),
            generation)
        .forEach(chunk -> vectors.put(chunk.getKey(), chunk.getValue()));
    return vectors;
  }

  /** The stored neighbour list of each document by its id, most similar first, ties by id. */
  public Map<Long, List<Neighbor>> neighbors(long generation) {
    Map<Long, List<Neighbor>> lists = new TreeMap<>();
    query(
            "select document_id, neighbor_id, similarity from graph.neighbor"
                + " where generation_id = ? order by document_id, similarity desc, neighbor_id",
            row -> Map.entry(row.getLong(1), new Neighbor(row.getLong(2), row.getDouble(3))),
            generation)
        .forEach(
            entry ->
                lists
                    .computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                    .add(entry.getValue()));
    return lists;
  }

  /**
   * One line for each row of the tables that hold what was derived, with the transaction that wrote
   * it: equal before and after means that no row was touched.
   */
  public List<String> derivedRows() {
    List<String> rows = new ArrayList<>();
    for (String table :
        List.of("feature.document_state", "feature.chunk", "graph.node", "graph.neighbor")) {
      rows.addAll(
          query(
              "select '" + table + ' ' + "' || ctid || ' ' || xmin from " + table + " order by 1",
              row -> row.getString(1)));
    }
    return rows;
  }

  public void update(String sql, Object... parameters) {
    try (Connection connection = connections.open();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(LONGEST_SECONDS);
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    } catch (SQLException failed) {
      throw new IllegalStateException(sql, failed);
    }
  }

  public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
    try (Connection connection = connections.open();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout(LONGEST_SECONDS);
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reader.read(result));
        }
      }
      return rows;
    } catch (SQLException failed) {
      throw new IllegalStateException(sql, failed);
    }
  }

  private static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  /** Connects as the superuser. */
  @FunctionalInterface
  interface Connections {
    Connection open() throws SQLException;
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
