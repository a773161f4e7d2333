package relata.graph.explore;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.graph.database.Session;
import relata.graph.generation.GenerationTable;

/**
 * The most linked documents and the edges among them, strongest first.
 *
 * @param generation whose graph it is
 * @param edgesOmitted how many edges among them were too many for one answer
 */
record TopGraph(
    long generation,
    long nodeCount,
    long edgeCount,
    List<Node> top,
    List<Edge> edges,
    long edgesOmitted) {
  private static final String COUNTS =
      """
      select (select count(*) from graph.node where generation_id = $1) as nodes,
             (select count(*) from graph.edge where generation_id = $1) as edges
        from content.generation g where g.id = $1 and %s
      """
          .formatted(GenerationTable.IS_KEPT);

  private static final String TOP =
      """
      with pair as materialized (
        select distinct least(document_id, neighbor_id) as low_id,
                        greatest(document_id, neighbor_id) as high_id
          from graph.neighbor where generation_id = $1)
      select document_id, count(*) as degree
        from (select low_id as document_id from pair union all select high_id from pair) ends
       group by document_id
       order by degree desc, document_id
       limit $2
      """;

  private static final String EDGES =
      """
      select low_id, high_id, similarity, low_chunk, high_chunk, count(*) over () as total
        from (select generation_id, least(document_id, neighbor_id) as low_id,
                     greatest(document_id, neighbor_id) as high_id,
                     max(similarity) as similarity,
                     max(case when document_id < neighbor_id then chunk else neighbor_chunk end)
                       as low_chunk,
                     max(case when document_id < neighbor_id then neighbor_chunk else chunk end)
                       as high_chunk
                from graph.neighbor
               where generation_id = $1 and document_id = any($2) and neighbor_id = any($2)
               group by 1, 2, 3) e
       order by similarity desc, low_id, high_id
       limit $3
      """;

  /** A document and how many edges it has in the whole generation. */
  record Node(long documentId, long degree) {}

  /** Either of the two has the other in its list. */
  record Edge(long lowId, long highId, double similarity, int lowChunk, int highChunk) {}

  TopGraph {
    top = List.copyOf(top);
    edges = List.copyOf(edges);
  }

  /** Nothing if there is no such generation. */
  static Optional<TopGraph> read(Session session, long generationId, int top, int maxEdges) {
    RowSet<Row> counts = session.query(COUNTS, generationId);
    if (counts.size() == 0) {
      return Optional.empty();
    }
    Row count = counts.iterator().next();
    List<Node> nodes = new ArrayList<>();
    session
        .query(TOP, generationId, top)
        .forEach(row -> nodes.add(new Node(row.getLong("document_id"), row.getLong("degree"))));
    Long[] ids = nodes.stream().map(Node::documentId).toArray(Long[]::new);
    List<Edge> edges = new ArrayList<>();
    long total = 0;
    for (Row row : session.query(EDGES, generationId, ids, maxEdges)) {
      total = row.getLong("total");
      edges.add(
          new Edge(
              row.getLong("low_id"),
              row.getLong("high_id"),
              row.getDouble("similarity"),
              row.getInteger("low_chunk"),
              row.getInteger("high_chunk")));
    }
    return Optional.of(
        new TopGraph(
            generationId,
            count.getLong("nodes"),
            count.getLong("edges"),
            nodes,
            edges,
            total - edges.size()));
  }
}
