package relata.api.export;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A line of graph-service's export, by its own ids: its head, then pages of nodes, then pages of
 * edges, and its end, without which it is not whole. Only one of the fields is set.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ExportLine(Head head, List<Long> nodes, List<Edge> edges, Boolean end) {
  ExportLine {
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
    edges = edges == null ? List.of() : List.copyOf(edges);
  }

  /** What comes; counts are of the graph, also if documents were deleted meanwhile. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Head(long generation, long commit, int nodeCount, int edgeCount) {}

  /** An unordered pair. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Edge(long lowId, long highId, double similarity) {}

  boolean isLast() {
    return Boolean.TRUE.equals(end);
  }

  /** The documents that it speaks of. */
  Set<Long> documents() {
    Set<Long> documents = new TreeSet<>(nodes);
    for (Edge edge : edges) {
      documents.add(edge.lowId());
      documents.add(edge.highId());
    }
    return documents;
  }
}
