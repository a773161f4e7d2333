package relata.graph.tune;

import java.util.ArrayList;
import java.util.List;
import relata.graph.vector.Effort;

/**
 * The efforts that may be chosen: every pair of these. Each step down is a quarter to a third less
 * work, so that a few trials tell where recall ends.
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
    return new Grid(steps(lists, 1), steps(chunks, limit));
  }

  /** Powers of two, and between two of them what is one and a half times the lesser. */
  private static List<Integer> steps(int all, int least) {
    List<Integer> values = new ArrayList<>(List.of(Effort.ALL));
    for (int power = Integer.highestOneBit(Math.max(1, all)); power >= 1; power /= 2) {
      for (int value : new int[] {power + power / 2, power}) {
        if (value >= least && value < all && value < values.getLast()) {
          values.add(value);
        }
      }
    }
    return values;
  }
}
