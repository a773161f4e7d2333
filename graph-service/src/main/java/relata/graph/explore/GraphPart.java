package relata.graph.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import relata.graph.network.Network;
import relata.graph.network.Surroundings;

/**
 * Some documents and the edges among them, strongest first.
 *
 * @param generation whose graph it is
 * @param commit number of the commit of edges that it is of, or a later one's
 * @param nodeCount documents of the whole generation that are linked
 * @param edgeCount edges of the whole generation
 * @param nodesOmitted how many documents that belong here were too many for one answer
 * @param edgesOmitted how many edges among the documents of the answer were too many
 */
record GraphPart(
    long generation,
    long commit,
    long nodeCount,
    long edgeCount,
    List<Node> nodes,
    List<Edge> edges,
    long nodesOmitted,
    long edgesOmitted) {
  private static final Comparator<Edge> STRONGEST_FIRST =
      Comparator.comparingDouble(Edge::similarity)
          .reversed()
          .thenComparingLong(Edge::lowId)
          .thenComparingLong(Edge::highId);

  /**
   * A document.
   *
   * @param degree how many edges it has in the whole generation
   * @param steps edges from the document in the middle; null where there is none
   */
  record Node(long documentId, long degree, Integer steps) {}

  /** Either of the two has the other in its list. */
  record Edge(long lowId, long highId, double similarity) {}

  GraphPart {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** The most linked documents, ties by id. */
  static GraphPart top(LoadedNetwork loaded, int count, double minSimilarity, int maxEdges) {
    Network network = loaded.network();
    List<Integer> nodes =
        IntStream.range(0, network.nodeCount())
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(node -> -network.degree(node))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(count)
            .toList();
    return of(loaded, nodes, Map.of(), 0, minSimilarity, maxEdges);
  }

  /** The documents around one, nearest first. */
  static GraphPart around(
      LoadedNetwork loaded, int middle, int depth, double minSimilarity, int limit, int maxEdges) {
    Surroundings around = Surroundings.of(loaded.network(), middle, depth, minSimilarity, limit);
    Map<Integer, Integer> steps = new HashMap<>();
    around.places().forEach(place -> steps.put(place.node(), place.steps()));
    return of(
        loaded,
        around.places().stream().map(Surroundings.Place::node).toList(),
        steps,
        around.reached() - around.places().size(),
        minSimilarity,
        maxEdges);
  }

  private static GraphPart of(
      LoadedNetwork loaded,
      List<Integer> nodes,
      Map<Integer, Integer> steps,
      int nodesOmitted,
      double minSimilarity,
      int maxEdges) {
    Network network = loaded.network();
    boolean[] isShown = new boolean[network.nodeCount()];
    nodes.forEach(node -> isShown[node] = true);
    List<Edge> edges = new ArrayList<>();
    for (int node : nodes) {
      for (int at = network.from(node); at < network.to(node); at++) {
        int other = network.other(at);
        if (node < other && isShown[other] && network.similarity(at) >= minSimilarity) {
          edges.add(
              new Edge(
                  network.documentId(node), network.documentId(other), network.similarity(at)));
        }
      }
    }
    edges.sort(STRONGEST_FIRST);
    List<Edge> shown = edges.subList(0, Math.min(maxEdges, edges.size()));
    Stream<Node> described =
        nodes.stream()
            .map(node -> new Node(network.documentId(node), network.degree(node), steps.get(node)));
    return new GraphPart(
        loaded.generation(),
        loaded.commit(),
        network.nodeCount(),
        network.edgeCount(),
        described.toList(),
        shown,
        nodesOmitted,
        edges.size() - shown.size());
  }
}
