package relata.graph.explore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import relata.graph.network.Network;

/** A whole graph, line by line; no more than a page of it is held besides the graph. */
final class GraphExport {
  private final LoadedNetwork loaded;
  private final int page;

  /**
   * @param page nodes, or edges, of a line at most
   */
  GraphExport(LoadedNetwork loaded, int page) {
    this.loaded = loaded;
    this.page = page;
  }

  /** Takes lines at its own pace. */
  @FunctionalInterface
  interface Lines {
    void take(ExportLine line) throws IOException;
  }

  /** Nodes come before edges; each edge comes once, in the order of its lower, then higher end. */
  void writeTo(Lines target) throws IOException {
    target.take(ExportLine.head(loaded));
    nodes(target);
    edges(target);
    target.take(ExportLine.last());
  }

  private void nodes(Lines target) throws IOException {
    Network network = loaded.network();
    List<Long> nodes = new ArrayList<>(page);
    for (int node = 0; node < network.nodeCount(); node++) {
      nodes.add(network.documentId(node));
      if (nodes.size() == page) {
        target.take(ExportLine.nodes(nodes));
        nodes.clear();
      }
    }
    if (!nodes.isEmpty()) {
      target.take(ExportLine.nodes(nodes));
    }
  }

  private void edges(Lines target) throws IOException {
    Network network = loaded.network();
    List<GraphPart.Edge> edges = new ArrayList<>(page);
    for (int node = 0; node < network.nodeCount(); node++) {
      for (int at = network.from(node); at < network.to(node); at++) {
        if (node < network.other(at)) {
          edges.add(
              new GraphPart.Edge(
                  network.documentId(node),
                  network.documentId(network.other(at)),
                  network.similarity(at)));
        }
        if (edges.size() == page) {
          target.take(ExportLine.edges(edges));
          edges.clear();
        }
      }
    }
    if (!edges.isEmpty()) {
      target.take(ExportLine.edges(edges));
    }
  }
}
