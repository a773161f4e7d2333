package relata.graph.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Figures of a whole graph.
 *
 * @param density edges by those that are possible
 * @param isolatedNodes nodes without an edge
 * @param components the sizes of the largest, in order
 */
public record Statistics(
    int nodes,
    int edges,
    double density,
    int isolatedNodes,
    Degrees degrees,
    int componentCount,
    List<Integer> components) {
  /** Components that are told one by one. */
  private static final int LARGEST = 10;

  /**
   * How many edges nodes have; 0 without nodes.
   *
   * @param p90 of ten nodes nine have no more
   */
  public record Degrees(int min, int median, int p90, int p99, int max, double mean) {}

  public Statistics {
    components = List.copyOf(components);
  }

  public static Statistics of(Network network) {
    int nodes = network.nodeCount();
    int[] degrees = IntStream.range(0, nodes).map(network::degree).sorted().toArray();
    Components components = Components.of(network, Double.NEGATIVE_INFINITY);
    return new Statistics(
        nodes,
        network.edgeCount(),
        nodes < 2 ? 0 : 2.0 * network.edgeCount() / ((double) nodes * (nodes - 1)),
        (int) Arrays.stream(degrees).takeWhile(degree -> degree == 0).count(),
        new Degrees(
            quantile(degrees, 0),
            quantile(degrees, 0.5),
            quantile(degrees, 0.9),
            quantile(degrees, 0.99),
            quantile(degrees, 1),
            nodes == 0 ? 0 : 2.0 * network.edgeCount() / nodes),
        components.count(),
        IntStream.range(0, Math.min(LARGEST, components.count()))
            .mapToObj(components::size)
            .toList());
  }

  /** By the nearest rank. */
  private static int quantile(int[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
