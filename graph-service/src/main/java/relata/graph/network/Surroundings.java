package relata.graph.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The nodes around one, nearest first: by steps, then by the strongest edge that leads to them from
 * a step nearer, then by number.
 *
 * @param reached how many there are in all, with those that were too many
 */
public record Surroundings(List<Place> places, int reached) {
  /**
   * @param steps edges between it and the middle
   */
  public record Place(int node, int steps) {}

  public Surroundings {
    places = List.copyOf(places);
  }

  /**
   * @param depth steps to go at most
   * @param limit nodes at most, the one in the middle included
   */
  public static Surroundings of(
      Network network, int middle, int depth, double minSimilarity, int limit) {
    double[] strongest = new double[network.nodeCount()];
    int[] steps = new int[network.nodeCount()];
    Arrays.fill(steps, Network.NONE);
    steps[middle] = 0;
    List<Place> places = new ArrayList<>();
    places.add(new Place(middle, 0));
    int reached = 1;
    List<Integer> level = List.of(middle);
    for (int step = 1; step <= depth && !level.isEmpty(); step++) {
      level = next(network, level, step, minSimilarity, steps, strongest);
      reached += level.size();
      for (int node : level.subList(0, Math.min(level.size(), limit - places.size()))) {
        places.add(new Place(node, step));
      }
    }
    return new Surroundings(places, reached);
  }

  private static List<Integer> next(
      Network network,
      List<Integer> level,
      int step,
      double minSimilarity,
      int[] steps,
      double[] strongest) {
    List<Integer> next = new ArrayList<>();
    for (int node : level) {
      for (int at = network.from(node); at < network.to(node); at++) {
        int other = network.other(at);
        double similarity = network.similarity(at);
        if (similarity < minSimilarity) {
          continue;
        }
        if (steps[other] == Network.NONE) {
          steps[other] = step;
          strongest[other] = similarity;
          next.add(other);
        } else if (steps[other] == step) {
          strongest[other] = Math.max(strongest[other], similarity);
        }
      }
    }
    next.sort(
        Comparator.<Integer>comparingDouble(node -> strongest[node])
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    return next;
  }
}
