package relata.graph.explore;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A line of an export: its head, then pages of nodes, then pages of edges, and its end, without
 * which it is not whole. Only one of the fields is set.
 *
 * @param nodes documents, in the order of their ids
 * @param end true in the last line
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExportLine(Head head, List<Long> nodes, List<GraphPart.Edge> edges, Boolean end) {
  /**
   * What comes.
   *
   * @param commit number of the last commit of edges that is certainly included
   */
  record Head(long generation, long commit, int nodeCount, int edgeCount) {}

  static ExportLine head(LoadedNetwork loaded) {
    return new ExportLine(
        new Head(
            loaded.generation(),
            loaded.commit(),
            loaded.network().nodeCount(),
            loaded.network().edgeCount()),
        null,
        null,
        null);
  }

  static ExportLine nodes(List<Long> documentIds) {
    return new ExportLine(null, List.copyOf(documentIds), null, null);
  }

  static ExportLine edges(List<GraphPart.Edge> edges) {
    return new ExportLine(null, null, List.copyOf(edges), null);
  }

  static ExportLine last() {
    return new ExportLine(null, null, null, true);
  }
}
