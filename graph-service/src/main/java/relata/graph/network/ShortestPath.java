package relata.graph.network;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A way between two nodes with the fewest edges; of several that with the greatest sum of
 * similarities, and of equal ones that whose nodes have the lowest numbers, looked at from its end.
 */
public final class ShortestPath {
  private ShortestPath() {}

  /** The nodes of the way, both ends included; empty if there is none. */
  public static List<Integer> between(Network network, int from, int to) {
    int[] steps = new int[network.nodeCount()];
    int[] before = new int[network.nodeCount()];
    double[] sums = new double[network.nodeCount()];
    Arrays.fill(steps, Network.NONE);
    Arrays.fill(before, Network.NONE);
    steps[from] = 0;
    int[] level = {from};
    while (level.length > 0 && steps[to] == Network.NONE) {
      level = next(network, level, steps, before, sums);
    }
    return steps[to] == Network.NONE ? List.of() : way(before, to);
  }

  /** The nodes that are one step further, ascending. */
  private static int[] next(
      Network network, int[] level, int[] steps, int[] before, double[] sums) {
    int step = steps[level[0]] + 1;
    int[] found = new int[level.length];
    int size = 0;
    for (int node : level) {
      for (int at = network.from(node); at < network.to(node); at++) {
        int other = network.other(at);
        double sum = sums[node] + network.similarity(at);
        if (steps[other] == Network.NONE) {
          steps[other] = step;
          before[other] = node;
          sums[other] = sum;
          if (size == found.length) {
            found = Arrays.copyOf(found, 2 * size);
          }
          found[size++] = other;
        } else if (steps[other] == step && sum > sums[other]) {
          // Of equal sums the first stays: nodes of a level come in ascending order.
          before[other] = node;
          sums[other] = sum;
        }
      }
    }
    int[] next = Arrays.copyOf(found, size);
    Arrays.sort(next);
    return next;
  }

  private static List<Integer> way(int[] before, int to) {
    Deque<Integer> way = new ArrayDeque<>();
    for (int node = to; node != Network.NONE; node = before[node]) {
      way.addFirst(node);
    }
    return List.copyOf(way);
  }
}
