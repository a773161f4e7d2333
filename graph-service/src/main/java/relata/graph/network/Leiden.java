package relata.graph.network;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds communities: groups of nodes with more weight among them than chance would give, measured
 * by modularity. Every community is connected, which Louvain's method does not promise. (Traag,
 * Waltman, van Eck: From Louvain to Leiden: guaranteeing well-connected communities, Scientific
 * Reports 9, 2019.)
 *
 * <p>Where the paper draws at random, nodes come in the order of their numbers and the greatest
 * gain wins: the same graph gives the same communities.
 */
final class Leiden {
  /** Gains below it are rounding errors, which nodes could be moved to and fro for ever by. */
  static final double NEGLIGIBLE = 1e-9;

  /** Rounds that start from what the last one found; the second seldom finds anything. */
  private static final int ROUNDS = 10;

  private Leiden() {}

  /**
   * @param resolution a greater one gives more and smaller communities; 1 is plain modularity
   * @return for each node its community, numbered in the order of their lowest nodes
   */
  static int[] communities(Weighted graph, double resolution) {
    int[] communities = IntStream.range(0, graph.nodeCount()).toArray();
    if (graph.total() == 0) {
      return communities;
    }
    double reached = modularity(graph, resolution, communities);
    for (int round = 0; round < ROUNDS; round++) {
      int[] better = round(graph, resolution, communities);
      double modularity = modularity(graph, resolution, better);
      if (round > 0 && modularity < reached + NEGLIGIBLE) {
        break;
      }
      communities = better;
      reached = modularity;
    }
    return communities;
  }

  private static int[] round(Weighted graph, double resolution, int[] start) {
    int[] membership = IntStream.range(0, graph.nodeCount()).toArray();
    int[] communities = start.clone();
    Weighted level = graph;
    while (true) {
      LocalMoving.run(level, resolution, communities);
      int[] groups = Refinement.run(level, resolution, communities);
      int count = number(groups, groups.length);
      membership = Arrays.stream(membership).map(node -> groups[node]).toArray();
      if (count == level.nodeCount()) {
        return membership;
      }
      int[] of = new int[count];
      for (int node = 0; node < groups.length; node++) {
        of[groups[node]] = communities[node];
      }
      number(of, groups.length);
      communities = of;
      level = level.grouped(groups, count);
    }
  }

  /**
   * Numbers the groups from 0 up, in the order in which they come.
   *
   * @param bound above all of their numbers so far
   */
  private static int number(int[] groups, int bound) {
    int[] numbers = new int[bound];
    Arrays.fill(numbers, Network.NONE);
    int count = 0;
    for (int i = 0; i < groups.length; i++) {
      if (numbers[groups[i]] == Network.NONE) {
        numbers[groups[i]] = count++;
      }
      groups[i] = numbers[groups[i]];
    }
    return count;
  }

  /** From -1/2 to 1; 0 without edges. */
  static double modularity(Weighted graph, double resolution, int[] communities) {
    double[] strengths = new double[graph.nodeCount()];
    double inside = 0;
    for (int node = 0; node < graph.nodeCount(); node++) {
      strengths[communities[node]] += graph.strengths()[node];
      for (int at = graph.first()[node]; at < graph.first()[node + 1]; at++) {
        if (communities[graph.others()[at]] == communities[node]) {
          inside += graph.weights()[at];
        }
      }
    }
    double expected = 0;
    for (double strength : strengths) {
      expected += strength / graph.total() * strength;
    }
    return graph.total() == 0 ? 0 : (inside - resolution * expected) / graph.total();
  }
}
