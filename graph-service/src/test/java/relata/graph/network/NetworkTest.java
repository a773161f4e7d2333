package relata.graph.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void anEdgeThatIsToldFromBothEndsIsOne() {
    NetworkBuilder builder = new NetworkBuilder();
    for (long id : new long[] {30, 10, 20}) {
      builder.node(id);
    }
    builder.entry(10, 20, 0.9);
    builder.entry(20, 10, 0.9);
    builder.entry(30, 10, 0.8);
    builder.entry(10, 99, 0.7);
    Network network = builder.build();
    assertEquals(3, network.nodeCount());
    assertEquals(2, network.edgeCount());
    assertEquals(2, network.degree(network.node(10)));
    assertEquals(20, network.documentId(network.other(network.from(network.node(10)))));
    assertEquals(0.8, network.similarity(network.from(network.node(30))));
    assertEquals(Network.NONE, network.node(99));
  }

  @Property(tries = 200)
  void neighboursAscendAndBothEndsKnowEachOther(@ForAll long seed) {
    Random random = new Random(seed);
    Network network = RandomNetwork.of(random, random.nextInt(12), random.nextInt(30));
    double[][] matrix = RandomNetwork.matrix(network);
    int ends = 0;
    for (int node = 0; node < network.nodeCount(); node++) {
      assertEquals(RandomNetwork.id(node), network.documentId(node));
      assertEquals(node, network.node(network.documentId(node)));
      ends += network.degree(node);
      for (int at = network.from(node); at < network.to(node); at++) {
        assertTrue(at == network.from(node) || network.other(at) > network.other(at - 1));
        assertEquals(network.similarity(at), matrix[network.other(at)][node]);
      }
    }
    assertEquals(ends, 2 * network.edgeCount());
  }

  /** Which nodes reach which, by Warshall's closure. */
  private static boolean[][] reached(double[][] matrix, double minSimilarity) {
    int nodes = matrix.length;
    boolean[][] reached = new boolean[nodes][nodes];
    for (int a = 0; a < nodes; a++) {
      for (int b = 0; b < nodes; b++) {
        reached[a][b] = a == b || (matrix[a][b] != 0 && matrix[a][b] >= minSimilarity);
      }
    }
    for (int by = 0; by < nodes; by++) {
      for (int a = 0; a < nodes; a++) {
        for (int b = 0; b < nodes; b++) {
          reached[a][b] |= reached[a][by] && reached[by][b];
        }
      }
    }
    return reached;
  }

  @Property(tries = 200)
  void componentsAreWhatHangsTogetherTheLargestFirst(@ForAll long seed) {
    Random random = new Random(seed);
    Network network = RandomNetwork.of(random, random.nextInt(14), random.nextInt(20));
    double minSimilarity = 0.5 + random.nextInt(5) / 10.0;
    Components components = Components.of(network, minSimilarity);
    boolean[][] reached = reached(RandomNetwork.matrix(network), minSimilarity);
    int[] sizes = new int[components.count()];
    for (int a = 0; a < network.nodeCount(); a++) {
      sizes[components.of(a)]++;
      for (int b = 0; b < network.nodeCount(); b++) {
        assertEquals(reached[a][b], components.of(a) == components.of(b));
      }
    }
    for (int i = 0; i < sizes.length; i++) {
      assertEquals(sizes[i], components.size(i));
      assertTrue(i == 0 || sizes[i] <= sizes[i - 1]);
    }
  }

  @Test
  void statisticsOfAStarAndAPair() {
    Network network = RandomNetwork.of(8, new int[][] {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {5, 6}});
    Statistics statistics = Statistics.of(network);
    assertEquals(8, statistics.nodes());
    assertEquals(5, statistics.edges());
    assertEquals(1, statistics.isolatedNodes());
    assertEquals(2 * 5 / (8.0 * 7), statistics.density());
    assertEquals(new Statistics.Degrees(0, 1, 4, 4, 4, 1.25), statistics.degrees());
    assertEquals(3, statistics.componentCount());
    assertEquals(List.of(5, 2, 1), statistics.components());
  }

  @Test
  void statisticsOfNothing() {
    Statistics statistics = Statistics.of(new NetworkBuilder().build());
    assertEquals(0, statistics.nodes());
    assertEquals(0, statistics.density());
    assertEquals(new Statistics.Degrees(0, 0, 0, 0, 0, 0), statistics.degrees());
  }

  @Property(tries = 300)
  void aPathHasTheFewestEdgesAndOfTheseTheGreatestSum(@ForAll long seed) {
    Random random = new Random(seed);
    int nodes = 1 + random.nextInt(10);
    Network network = RandomNetwork.of(random, nodes, random.nextInt(25));
    double[][] matrix = RandomNetwork.matrix(network);
    int from = random.nextInt(nodes);
    int to = random.nextInt(nodes);
    double[] best = walks(matrix, from, to);
    List<Integer> path = ShortestPath.between(network, from, to);
    assertEquals(best == null, path.isEmpty());
    if (best != null) {
      assertEquals(from, path.getFirst());
      assertEquals(to, path.getLast());
      assertEquals(best[0], path.size() - 1);
      double sum = 0;
      for (int i = 1; i < path.size(); i++) {
        assertTrue(matrix[path.get(i - 1)][path.get(i)] > 0);
        sum += matrix[path.get(i - 1)][path.get(i)];
      }
      assertEquals(best[1], sum, 1e-12);
    }
  }

  /** The fewest steps and the greatest sum over all walks of that length; null if there is none. */
  private static double[] walks(double[][] matrix, int from, int to) {
    double[] sums = new double[matrix.length];
    Arrays.fill(sums, Double.NEGATIVE_INFINITY);
    sums[from] = 0;
    for (int steps = 0; steps < matrix.length; steps++) {
      if (sums[to] > Double.NEGATIVE_INFINITY) {
        return new double[] {steps, sums[to]};
      }
      double[] before = sums;
      sums =
          IntStream.range(0, matrix.length)
              .mapToDouble(
                  b ->
                      IntStream.range(0, matrix.length)
                          .filter(a -> matrix[a][b] > 0)
                          .mapToDouble(a -> before[a] + matrix[a][b])
                          .max()
                          .orElse(Double.NEGATIVE_INFINITY))
              .toArray();
    }
    return null;
  }

  @Property(tries = 200)
  void surroundingsAreTheNodesWithinSomeStepsNearestFirst(@ForAll long seed) {
    Random random = new Random(seed);
    int nodes = 1 + random.nextInt(12);
    Network network = RandomNetwork.of(random, nodes, random.nextInt(25));
    int middle = random.nextInt(nodes);
    int depth = random.nextInt(4);
    int limit = 1 + random.nextInt(6);
    Surroundings all = Surroundings.of(network, middle, depth, 0, nodes);
    Surroundings some = Surroundings.of(network, middle, depth, 0, limit);
    int reached = 0;
    for (int node = 0; node < nodes; node++) {
      List<Integer> path = ShortestPath.between(network, middle, node);
      if (!path.isEmpty() && path.size() - 1 <= depth) {
        reached++;
        assertTrue(all.places().contains(new Surroundings.Place(node, path.size() - 1)));
      }
    }
    assertEquals(reached, all.reached());
    assertEquals(reached, all.places().size());
    assertEquals(all.places().subList(0, Math.min(limit, reached)), some.places());
    assertEquals(reached, some.reached());
  }

  @Test
  void ofNodesAsNearTheMoreSimilarComesFirst() {
    NetworkBuilder builder = new NetworkBuilder();
    for (long id = 1; id <= 4; id++) {
      builder.node(id);
    }
    builder.entry(1, 2, 0.5);
    builder.entry(1, 3, 0.9);
    builder.entry(1, 4, 0.7);
    Surroundings around = Surroundings.of(builder.build(), 0, 1, 0.6, 2);
    assertEquals(
        List.of(new Surroundings.Place(0, 0), new Surroundings.Place(2, 1)), around.places());
    assertEquals(3, around.reached());
  }
}
