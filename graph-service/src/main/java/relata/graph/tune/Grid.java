package relata.graph.tune;

import java.util.ArrayList;
import java.util.List;
import relata.graph.vector.Effort;

/**
 * The efforts that may be chosen: every pair of these. Each step down is about half the work, so
 * that a few trials tell where recall ends.
 *
 * @param probes how many lists of vectors are looked into, the most first, beginning with all
 * @param depths how many vectors are compared exactly, the most first, beginning with all it takes
 */
public record Grid(List<Integer> probes, List<Integer> depths) {
  public Grid {
    if (probes.isEmpty() || probes.getFirst() != Effort.ALL || depths.getFirst() != Effort.ALL) {
      throw new IllegalArgumentException("the first of each is all");
    }
    probes = List.copyOf(probes);
    depths = List.copyOf(depths);
  }

  /**
   * What there is to choose from.
   *
   * @param lists how many lists the index keeps its vectors in; 1 for none
   * @param chunks how many vectors it has
   * @param limit the most documents that a query asks for: fewer comparisons cannot find them
   */
  public static Grid of(int lists, int chunks, int limit) {
    return new Grid(halves(lists, 1), halves(chunks, limit));
  }

  private static List<Integer> halves(int all, int least) {
    List<Integer> values = new ArrayList<>(List.of(Effort.ALL));
    for (int value = Integer.highestOneBit(Math.max(1, all - 1));
        value >= least && value < all;
        value /= 2) {
      values.add(value);
    }
    return values;
  }
}
