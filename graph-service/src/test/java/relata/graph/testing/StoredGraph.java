package relata.graph.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import relata.graph.testing.Fixture.Generation;

/** What is stored of a generation, read as the superuser. */
public final class StoredGraph {
  private final Connection database;

  /** An entry of a neighbour list. */
  public record Entry(long neighborId, double similarity, int chunk, int neighborChunk) {}

  StoredGraph(Connection database) {
    this.database = database;
  }

  /** The neighbour lists as they are stored, without the empty ones. */
  public Map<Long, List<Entry>> lists(Generation generation) throws SQLException {
    Map<Long, List<Entry>> lists = new TreeMap<>();
    try (PreparedStatement statement =
        database.prepareStatement(
            """
            select document_id, neighbor_id, similarity, chunk, neighbor_chunk from graph.neighbor
             where generation_id = ? order by document_id, similarity desc, neighbor_id
            """)) {
      statement.setLong(1, generation.id());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          lists
              .computeIfAbsent(rows.getLong(1), id -> new ArrayList<>())
              .add(new Entry(rows.getLong(2), rows.getDouble(3), rows.getInt(4), rows.getInt(5)));
        }
      }
    }
    return lists;
  }

  /** The linked documents with their versions. */
  public Map<Long, Long> nodes(Generation generation) throws SQLException {
    return versions(
        "select document_id, version from graph.node where generation_id = ?", generation);
  }

  /** The documents that have features, with their versions. */
  public Map<Long, Long> stored(Generation generation) throws SQLException {
    return versions(
        "select document_id, stored_version from feature.document_state"
            + " where generation_id = ? and stored_version is not null",
        generation);
  }

  private Map<Long, Long> versions(String sql, Generation generation) throws SQLException {
    Map<Long, Long> versions = new TreeMap<>();
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      statement.setLong(1, generation.id());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          versions.put(rows.getLong(1), rows.getLong(2));
        }
      }
    }
    return versions;
  }

  /** Where every row of the generation's graph lies: any write, even of equal values, moves one. */
  public String rowPlaces(Generation generation) throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement(
            """
            select string_agg(place, ' ' order by place) from (
              select 'g' || ctid || xmin from graph.generation where generation_id = ?
              union all
              select 'n' || ctid || xmin from graph.node where generation_id = ?
              union all
              select 'e' || ctid || xmin from graph.neighbor where generation_id = ?
              union all
              select 'l' || ctid || xmin from graph.commit_log where generation_id = ?) p(place)
            """)) {
      for (int i = 1; i <= 4; i++) {
        statement.setLong(i, generation.id());
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        String places = rows.getString(1);
        return places == null ? "" : places;
      }
    }
  }
}
