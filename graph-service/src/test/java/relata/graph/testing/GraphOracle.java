package relata.graph.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import relata.graph.testing.Fixture.Generation;
import relata.graph.testing.StoredGraph.Entry;
import relata.graph.vector.Similarity;

/** Computes from scratch what the graph has to be. */
public final class GraphOracle {
  private final Connection database;

  /** A stored document: its vectors by ordinal. */
  private record Stored(List<Integer> ordinals, List<float[]> vectors) {}

  GraphOracle(Connection database) {
    this.database = database;
  }

  /** Every pair compared, from the vectors in the database. */
  public Map<Long, List<Entry>> lists(Generation generation) throws SQLException {
    Map<Long, Stored> documents = documents(generation);
    Map<Long, List<Entry>> lists = new TreeMap<>();
    documents.forEach(
        (id, document) -> {
          List<Entry> entries = new ArrayList<>();
          documents.forEach(
              (other, otherDocument) -> {
                if (!other.equals(id)) {
                  Entry best = best(id, document, other, otherDocument);
                  if (best.similarity() >= generation.minSimilarity()) {
                    entries.add(best);
                  }
                }
              });
          entries.sort(
              (a, b) ->
                  a.similarity() == b.similarity()
                      ? Long.compare(a.neighborId(), b.neighborId())
                      : Double.compare(b.similarity(), a.similarity()));
          if (!entries.isEmpty()) {
            lists.put(
                id,
                List.copyOf(
                    entries.subList(0, Math.min(generation.maxNeighbors(), entries.size()))));
          }
        });
    return lists;
  }

  private static Entry best(long id, Stored document, long other, Stored otherDocument) {
    if (id > other) {
      Entry reversed = best(other, otherDocument, id, document);
      return new Entry(other, reversed.similarity(), reversed.neighborChunk(), reversed.chunk());
    }
    Entry best = new Entry(other, Double.NEGATIVE_INFINITY, 0, 0);
    for (int i = 0; i < document.vectors().size(); i++) {
      for (int j = 0; j < otherDocument.vectors().size(); j++) {
        double similarity =
            Similarity.cosine(document.vectors().get(i), otherDocument.vectors().get(j));
        if (similarity > best.similarity()) {
          best =
              new Entry(
                  other, similarity, document.ordinals().get(i), otherDocument.ordinals().get(j));
        }
      }
    }
    return best;
  }

  private Map<Long, Stored> documents(Generation generation) throws SQLException {
    Map<Long, Stored> documents = new HashMap<>();
    try (PreparedStatement statement =
        database.prepareStatement(
            "select document_id, ordinal, vector from feature.chunk"
                + " where generation_id = ? order by document_id, ordinal")) {
      statement.setLong(1, generation.id());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Stored document =
              documents.computeIfAbsent(
                  rows.getLong(1), id -> new Stored(new ArrayList<>(), new ArrayList<>()));
          document.ordinals().add(rows.getInt(2));
          document.vectors().add(VectorBytes.read(rows.getBytes(3)));
        }
      }
    }
    return documents;
  }
}
