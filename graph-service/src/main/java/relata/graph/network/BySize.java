package relata.graph.network;

import java.util.Arrays;

/** How groups are numbered: the largest first, ties by their lowest node. */
final class BySize {
  private BySize() {}

  /**
   * @param groups for each node its group, numbered in the order of their lowest nodes
   * @return the same groups with the numbers that they are to have
   */
  static int[] numbered(int[] groups) {
    int[] sizes = sizes(groups);
    long[] order = new long[sizes.length];
    for (int group = 0; group < order.length; group++) {
      order[group] = (long) (Integer.MAX_VALUE - sizes[group]) << Integer.SIZE | group;
    }
    Arrays.sort(order);
    int[] numbers = new int[order.length];
    for (int number = 0; number < order.length; number++) {
      numbers[(int) order[number]] = number;
    }
    return Arrays.stream(groups).map(group -> numbers[group]).toArray();
  }

  static int[] sizes(int[] groups) {
    int[] sizes = new int[Arrays.stream(groups).max().orElse(Network.NONE) + 1];
    for (int group : groups) {
      sizes[group]++;
    }
    return sizes;
  }
}
