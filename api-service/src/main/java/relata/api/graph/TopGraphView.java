package relata.api.graph;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.document.DocumentNames.Name;

/**
 * The most linked documents of a collection.
 *
 * @param nodeCount documents with a stored neighbour list
 * @param edgeCount edges of the whole collection
 * @param edges edges among the documents of {@code top} only
 * @param edgesOmitted how many of those were left out because there are too many
 */
@Schema(name = "Graph")
record TopGraphView(
    long generation,
    long nodeCount,
    long edgeCount,
    List<Node> top,
    List<Link> edges,
    long edgesOmitted) {
  TopGraphView {
    top = List.copyOf(top);
    edges = List.copyOf(edges);
  }

  /**
   * A document.
   *
   * @param degree number of its edges
   */
  @Schema(name = "GraphNode")
  record Node(String id, String title, long degree) {}

  /** An unordered pair of related documents. */
  @Schema(name = "GraphEdge")
  record Link(String from, String to, double similarity) {}

  /** Puts names to ids; documents without a name are left out, for they were deleted meanwhile. */
  static TopGraphView of(long generation, GraphService.TopGraph graph, Map<Long, Name> names) {
    List<Node> top =
        graph.top().stream()
            .filter(node -> names.containsKey(node.documentId()))
            .map(node -> node(names.get(node.documentId()), node.degree()))
            .toList();
    List<Link> edges =
        graph.edges().stream()
            .filter(edge -> names.containsKey(edge.lowId()) && names.containsKey(edge.highId()))
            .map(edge -> link(edge, names))
            .toList();
    return new TopGraphView(
        generation, graph.nodeCount(), graph.edgeCount(), top, edges, graph.edgesOmitted());
  }

  private static Node node(Name name, long degree) {
    return new Node(name.id(), name.title(), degree);
  }

  private static Link link(GraphService.Edge edge, Map<Long, Name> names) {
    return new Link(names.get(edge.lowId()).id(), names.get(edge.highId()).id(), edge.similarity());
  }
}
