package relata.graph.network;

import java.util.Arrays;

/**
 * A graph as {@link Leiden} looks at it: edges by their weights, and nodes that may stand for many.
 * What is inside of a node has no edge; it counts in the node's strength.
 *
 * @param first where a node's neighbours begin, and behind the last node's where they end
 * @param strengths the sum of the weights at a node's ends of edges
 * @param total the sum of all strengths
 */
record Weighted(int[] first, int[] others, double[] weights, double[] strengths, double total) {
  /** The edges with a similarity above 0; those of others say that two do not belong together. */
  static Weighted of(Network network) {
    int nodes = network.nodeCount();
    int[] first = new int[nodes + 1];
    int[] others = new int[2 * network.edgeCount()];
    double[] weights = new double[others.length];
    double[] strengths = new double[nodes];
    double total = 0;
    int size = 0;
    for (int node = 0; node < nodes; node++) {
      for (int at = network.from(node); at < network.to(node); at++) {
        if (network.similarity(at) > 0) {
          others[size] = network.other(at);
          weights[size++] = network.similarity(at);
          strengths[node] += network.similarity(at);
        }
      }
      first[node + 1] = size;
      total += strengths[node];
    }
    return new Weighted(
        first, Arrays.copyOf(others, size), Arrays.copyOf(weights, size), strengths, total);
  }

  int nodeCount() {
    return strengths.length;
  }

  /**
   * The graph of which each group of nodes is one node.
   *
   * @param groups for each node its group, from 0 up without a gap
   */
  Weighted grouped(int[] groups, int count) {
    int[] order = new Members(groups, count).nodes();
    int[] groupedFirst = new int[count + 1];
    double[] groupedStrengths = new double[count];
    int[] groupedOthers = new int[others.length];
    double[] groupedWeights = new double[others.length];
    Sums sums = new Sums(count);
    int size = 0;
    for (int next = 0, group = 0; group < count; group++) {
      for (; next < order.length && groups[order[next]] == group; next++) {
        int node = order[next];
        groupedStrengths[group] += strengths[node];
        for (int at = first[node]; at < first[node + 1]; at++) {
          if (groups[others[at]] != group) {
            sums.add(groups[others[at]], weights[at]);
          }
        }
      }
      for (int i = 0; i < sums.size(); i++) {
        groupedOthers[size] = sums.key(i);
        groupedWeights[size++] = sums.get(sums.key(i));
      }
      sums.clear();
      groupedFirst[group + 1] = size;
    }
    return new Weighted(
        groupedFirst,
        Arrays.copyOf(groupedOthers, size),
        Arrays.copyOf(groupedWeights, size),
        groupedStrengths,
        total);
  }
}
