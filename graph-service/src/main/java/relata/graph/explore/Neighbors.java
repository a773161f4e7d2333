package relata.graph.explore;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import relata.graph.database.Session;
import relata.graph.generation.GenerationTable;
import relata.graph.text.ChunkKey;
import relata.graph.text.TextChunk;

/**
 * A document's neighbour list as it is stored.
 *
 * @param generation whose list it is
 * @param version the document's version that the list follows from; null while it is not linked
 */
record Neighbors(long generation, long documentId, Long version, List<Entry> neighbors) {
  private static final String SELECT =
      """
      select n.version, e.neighbor_id, e.similarity, e.chunk, e.neighbor_chunk
        from content.generation g
        left join graph.node n on n.generation_id = g.id and n.document_id = $2
        left join graph.neighbor e
          on e.generation_id = n.generation_id and e.document_id = n.document_id
       where g.id = $1 and %s
       order by e.similarity desc, e.neighbor_id
      """
          .formatted(GenerationTable.IS_KEPT);

  /**
   * A neighbour, closest first, with the two chunks that are alike.
   *
   * @param evidence their texts; null if nobody asked for them
   */
  record Entry(long documentId, double similarity, int chunk, int neighborChunk, Alike evidence) {}

  /** Two chunks that are alike; null where one was changed or deleted meanwhile. */
  record Alike(TextChunk chunk, TextChunk neighborChunk) {}

  Neighbors {
    neighbors = List.copyOf(neighbors);
  }

  /** Nothing if there is no such generation. */
  static Optional<Neighbors> read(Session session, long generationId, long documentId) {
    RowSet<Row> rows = session.query(SELECT, generationId, documentId);
    Long version = null;
    List<Entry> entries = new ArrayList<>();
    for (Row row : rows) {
      version = row.getLong("version");
      if (row.getLong("neighbor_id") != null) {
        entries.add(
            new Entry(
                row.getLong("neighbor_id"),
                row.getDouble("similarity"),
                row.getInteger("chunk"),
                row.getInteger("neighbor_chunk"),
                null));
      }
    }
    return rows.size() == 0
        ? Optional.empty()
        : Optional.of(new Neighbors(generationId, documentId, version, entries));
  }

  /** The closest of them. */
  Neighbors closest(int limit) {
    return new Neighbors(
        generation, documentId, version, neighbors.subList(0, Math.min(limit, neighbors.size())));
  }

  /** The chunks that are alike. */
  Set<ChunkKey> chunks() {
    Set<ChunkKey> chunks = new HashSet<>();
    for (Entry entry : neighbors) {
      chunks.add(new ChunkKey(documentId, entry.chunk()));
      chunks.add(new ChunkKey(entry.documentId(), entry.neighborChunk()));
    }
    return chunks;
  }

  Neighbors with(Map<ChunkKey, TextChunk> texts) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : neighbors) {
      Alike alike =
          new Alike(
              texts.get(new ChunkKey(documentId, entry.chunk())),
              texts.get(new ChunkKey(entry.documentId(), entry.neighborChunk())));
      entries.add(
          new Entry(
              entry.documentId(), entry.similarity(), entry.chunk(), entry.neighborChunk(), alike));
    }
    return new Neighbors(generation, documentId, version, entries);
  }
}
