package relata.graph.explore;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import relata.graph.database.Session;
import relata.graph.network.Network;
import relata.graph.text.ChunkKey;
import relata.graph.text.TextChunk;

/**
 * A way between two documents over edges, the fewest there are.
 *
 * @param connected whether there is one
 */
record GraphPath(long generation, long commit, boolean connected, List<Step> steps) {
  private static final String PAIRS =
      """
      select document_id, neighbor_id, similarity, chunk, neighbor_chunk from graph.neighbor
       where generation_id = $1 and document_id = any($2) and neighbor_id = any($2)
      """;

  /**
   * One edge of the way.
   *
   * @param chunk what in the one document is like {@code toChunk} in the other; null if it was
   *     changed or deleted meanwhile
   */
  record Step(long fromId, long toId, double similarity, TextChunk chunk, TextChunk toChunk) {}

  /** An edge with the chunks that it is for, seen from one of its ends. */
  record Link(double similarity, ChunkKey from, ChunkKey to) {}

  GraphPath {
    steps = List.copyOf(steps);
  }

  /** The edges of the way; fewer if one is gone since the graph was read. */
  static List<Link> links(Session session, LoadedNetwork loaded, List<Integer> way) {
    Network network = loaded.network();
    Long[] ids = way.stream().map(network::documentId).toArray(Long[]::new);
    Map<List<Long>, Link> known = new HashMap<>();
    for (Row row : session.query(PAIRS, loaded.generation(), ids)) {
      ChunkKey from = new ChunkKey(row.getLong("document_id"), row.getInteger("chunk"));
      ChunkKey to = new ChunkKey(row.getLong("neighbor_id"), row.getInteger("neighbor_chunk"));
      double similarity = row.getDouble("similarity");
      known.put(List.of(from.documentId(), to.documentId()), new Link(similarity, from, to));
      known.putIfAbsent(
          List.of(to.documentId(), from.documentId()), new Link(similarity, to, from));
    }
    List<Link> links = new ArrayList<>();
    for (int i = 1; i < ids.length; i++) {
      Link link = known.get(List.of(ids[i - 1], ids[i]));
      if (link != null) {
        links.add(link);
      }
    }
    return links;
  }

  static GraphPath of(
      LoadedNetwork loaded, boolean connected, List<Link> links, Map<ChunkKey, TextChunk> texts) {
    List<Step> steps =
        links.stream()
            .map(
                link ->
                    new Step(
                        link.from().documentId(),
                        link.to().documentId(),
                        link.similarity(),
                        texts.get(link.from()),
                        texts.get(link.to())))
            .toList();
    return new GraphPath(loaded.generation(), loaded.commit(), connected, steps);
  }
}
