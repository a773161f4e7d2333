package relata.api.graph;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.document.DocumentNames.Name;

/**
 * Some documents of a collection and the edges among them, strongest first.
 *
 * @param commit grows with each change of the generation's edges
 * @param nodeCount documents with a stored neighbour list
 * @param edgeCount edges of the whole collection
 * @param pendingCount documents that are not linked in their current version yet
 * @param nodes the most linked ones, or those around one, nearest first
 * @param edges edges among the documents of {@code nodes} only
 * @param nodesOmitted how many documents belong here and were too many
 * @param edgesOmitted how many edges belong here and were too many
 */
@Schema(name = "Graph")
record GraphView(
    long generation,
    long commit,
    long nodeCount,
    long edgeCount,
    long pendingCount,
    List<Node> nodes,
    List<Link> edges,
    long nodesOmitted,
    long edgesOmitted) {
  GraphView {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /**
   * A document.
   *
   * @param degree number of its edges in the whole collection
   * @param steps edges between it and the document in the middle; null where there is none
   */
  @Schema(name = "GraphNode")
  record Node(String id, String title, long degree, Integer steps) {}

  /** An unordered pair of related documents. */
  @Schema(name = "GraphEdge")
  record Link(String from, String to, double similarity) {}

  /** Puts names to ids; documents without a name are left out, for they were deleted meanwhile. */
  static GraphView of(
      long generation, GraphAnswers.Part part, long pending, Map<Long, Name> names) {
    List<Node> nodes =
        part.nodes().stream()
            .filter(node -> names.containsKey(node.documentId()))
            .map(node -> node(names.get(node.documentId()), node))
            .toList();
    List<Link> edges =
        part.edges().stream()
            .filter(edge -> names.containsKey(edge.lowId()) && names.containsKey(edge.highId()))
            .map(edge -> link(edge, names))
            .toList();
    return new GraphView(
        generation,
        part.commit(),
        part.nodeCount(),
        part.edgeCount(),
        pending,
        nodes,
        edges,
        part.nodesOmitted(),
        part.edgesOmitted());
  }

  private static Node node(Name name, GraphAnswers.Node node) {
    return new Node(name.id(), name.title(), node.degree(), node.steps());
  }

  private static Link link(GraphAnswers.Edge edge, Map<Long, Name> names) {
    return new Link(names.get(edge.lowId()).id(), names.get(edge.highId()).id(), edge.similarity());
  }
}
