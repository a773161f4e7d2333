package relata.api.export;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A whole graph in the node-link layout that graph libraries read (NetworkX's node_link_graph, D3).
 * It is written piece by piece and never put together here.
 *
 * @param directed always false
 * @param multigraph always false
 */
@Schema(name = "NodeLinkGraph")
record NodeLinkGraph(
    boolean directed, boolean multigraph, Origin graph, List<Node> nodes, List<Edge> edges) {
  NodeLinkGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /**
   * What it is of.
   *
   * @param commit grows with each change of the generation's edges
   */
  @Schema(name = "NodeLinkOrigin")
  record Origin(String collection, long generation, long commit) {}

  /** A document. */
  @Schema(name = "NodeLinkNode")
  record Node(String id, String title) {}

  /** An edge between two documents, told once. */
  @Schema(name = "NodeLinkEdge")
  record Edge(String source, String target, double similarity) {}
}
