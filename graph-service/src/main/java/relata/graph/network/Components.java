package relata.graph.network;

import java.util.Arrays;

/**
 * Which nodes hang together, over edges of at least some similarity. Components are numbered from
 * the largest down, ties by their lowest node.
 */
public final class Components {
  private final int[] component;
  private final int[] sizes;

  private Components(int[] component, int[] sizes) {
    this.component = component;
    this.sizes = sizes;
  }

  /** Over edges with a similarity of at least {@code minSimilarity}. */
  public static Components of(Network network, double minSimilarity) {
    int[] found = new int[network.nodeCount()];
    Arrays.fill(found, Network.NONE);
    int[] queue = new int[network.nodeCount()];
    int count = 0;
    for (int node = 0; node < found.length; node++) {
      if (found[node] == Network.NONE) {
        fill(network, minSimilarity, node, count++, found, queue);
      }
    }
    int[] component = BySize.numbered(found);
    return new Components(component, BySize.sizes(component));
  }

  private static void fill(
      Network network, double minSimilarity, int start, int number, int[] found, int[] queue) {
    int size = 0;
    found[start] = number;
    queue[size++] = start;
    for (int next = 0; next < size; next++) {
      int node = queue[next];
      for (int at = network.from(node); at < network.to(node); at++) {
        int other = network.other(at);
        if (found[other] == Network.NONE && network.similarity(at) >= minSimilarity) {
          found[other] = number;
          queue[size++] = other;
        }
      }
    }
  }

  public int count() {
    return sizes.length;
  }

  public int size(int component) {
    return sizes[component];
  }

  public int of(int node) {
    return component[node];
  }
}
