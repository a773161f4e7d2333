package relata.graph.network;

import java.util.Random;

/** Networks for tests: documents have ids that are not their numbers. */
final class RandomNetwork {
  private RandomNetwork() {}

  static long id(int node) {
    return 10L + 3L * node;
  }

  /** Few similarities, so that there are ties; some edges are told from both ends. */
  static Network of(Random random, int nodes, int edges) {
    NetworkBuilder builder = new NetworkBuilder();
    for (int node = nodes - 1; node >= 0; node--) {
      builder.node(id(node));
    }
    double[][] known = new double[nodes][nodes];
    for (int i = 0; i < edges && nodes > 1; i++) {
      int a = random.nextInt(nodes);
      int b = random.nextInt(nodes);
      if (a != b) {
        double similarity = known[a][b] == 0 ? 0.5 + random.nextInt(5) / 10.0 : known[a][b];
        known[a][b] = similarity;
        known[b][a] = similarity;
        builder.entry(id(a), id(b), similarity);
      }
    }
    return builder.build();
  }

  /** Each edge by its two nodes, with similarity 1. */
  static Network of(int nodes, int[][] edges) {
    NetworkBuilder builder = new NetworkBuilder();
    for (int node = 0; node < nodes; node++) {
      builder.node(id(node));
    }
    for (int[] edge : edges) {
      builder.entry(id(edge[0]), id(edge[1]), 1);
    }
    return builder.build();
  }

  /** The similarities, as a matrix with 0 where there is no edge. */
  static double[][] matrix(Network network) {
    double[][] matrix = new double[network.nodeCount()][network.nodeCount()];
    for (int node = 0; node < network.nodeCount(); node++) {
      for (int at = network.from(node); at < network.to(node); at++) {
        matrix[node][network.other(at)] = network.similarity(at);
      }
    }
    return matrix;
  }
}
