package relata.graph.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CommunitiesTest {
  /** Zachary, An information flow model for conflict and fission in small groups, 1977. */
  private static final int[][] KARATE_CLUB = {
    {2, 1}, {3, 1}, {3, 2}, {4, 1}, {4, 2}, {4, 3}, {5, 1}, {6, 1}, {7, 1}, {7, 5}, {7, 6}, {8, 1},
    {8, 2}, {8, 3}, {8, 4}, {9, 1}, {9, 3}, {10, 3}, {11, 1}, {11, 5}, {11, 6}, {12, 1}, {13, 1},
    {13, 4}, {14, 1}, {14, 2}, {14, 3}, {14, 4}, {17, 6}, {17, 7}, {18, 1}, {18, 2}, {20, 1},
    {20, 2}, {22, 1}, {22, 2}, {26, 24}, {26, 25}, {28, 3}, {28, 24}, {28, 25}, {29, 3}, {30, 24},
    {30, 27}, {31, 2}, {31, 9}, {32, 1}, {32, 25}, {32, 26}, {32, 29}, {33, 3}, {33, 9}, {33, 15},
    {33, 16}, {33, 19}, {33, 21}, {33, 23}, {33, 24}, {33, 30}, {33, 31}, {33, 32}, {34, 9},
    {34, 10}, {34, 14}, {34, 15}, {34, 16}, {34, 19}, {34, 20}, {34, 21}, {34, 23}, {34, 24},
    {34, 27}, {34, 28}, {34, 29}, {34, 30}, {34, 31}, {34, 32}, {34, 33}
  };

  private static int[] numbers(Network network, Communities communities) {
    return IntStream.range(0, network.nodeCount()).map(communities::of).toArray();
  }

  private static double modularity(Network network, int[] communities) {
    return Leiden.modularity(Weighted.of(network), 1, communities);
  }

  private static void clique(List<int[]> edges, int from, int size) {
    for (int a = from; a < from + size; a++) {
      for (int b = from; b < a; b++) {
        edges.add(new int[] {a, b});
      }
    }
  }

  @Test
  void theKarateClubReachesTheGreatestModularityKnown() {
    int[][] edges =
        Arrays.stream(KARATE_CLUB)
            .map(edge -> new int[] {edge[0] - 1, edge[1] - 1})
            .toArray(int[][]::new);
    Network club = RandomNetwork.of(34, edges);
    assertEquals(78, club.edgeCount());
    Communities communities = Communities.of(club, 1);
    // Brandes et al., On Modularity Clustering, 2008: 0.4198 is the optimum, of four communities.
    assertEquals(0.4198, communities.modularity(), 1e-4);
    assertEquals(4, communities.count());
  }

  @Test
  void twoCliquesWithABridgeAreTwoCommunities() {
    List<int[]> edges = new ArrayList<>();
    clique(edges, 0, 5);
    clique(edges, 5, 6);
    edges.add(new int[] {0, 5});
    Network network = RandomNetwork.of(11, edges.toArray(int[][]::new));
    Communities communities = Communities.of(network, 1);
    assertArrayEquals(new int[] {1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0}, numbers(network, communities));
    assertEquals(15, communities.edges(0));
    assertEquals(List.of(0, 1, 2, 3, 4), communities.members(1));
    assertEquals(4, communities.strength(0));
  }

  @Test
  void ofARingOfCliquesEachIsACommunityOrAPairOfThem() {
    List<int[]> edges = new ArrayList<>();
    for (int clique = 0; clique < 12; clique++) {
      clique(edges, 5 * clique, 5);
      edges.add(new int[] {5 * clique, (5 * clique + 6) % 60});
    }
    Network network = RandomNetwork.of(60, edges.toArray(int[][]::new));
    Communities communities = Communities.of(network, 1);
    for (int node = 0; node < 60; node++) {
      assertEquals(communities.of(node / 5 * 5), communities.of(node));
    }
    assertEquals(12, Communities.of(network, 2).count());
  }

  @Test
  void withoutEdgesEverybodyIsAlone() {
    Network network = RandomNetwork.of(3, new int[0][]);
    Communities communities = Communities.of(network, 1);
    assertArrayEquals(new int[] {0, 1, 2}, numbers(network, communities));
    assertEquals(0, communities.modularity());
    assertEquals(0, Communities.of(RandomNetwork.of(0, new int[0][]), 1).count());
  }

  @Property(tries = 500)
  void communitiesAreConnectedAndBetterThanBeingAlone(@ForAll long seed) {
    Random random = new Random(seed);
    Network network = RandomNetwork.of(random, random.nextInt(40), random.nextInt(120));
    Communities communities = Communities.of(network, 0.5 + random.nextDouble());
    int[] numbers = numbers(network, communities);
    int total = 0;
    for (int number = 0; number < communities.count(); number++) {
      List<Integer> members = communities.members(number);
      assertEquals(communities.size(number), members.size());
      assertTrue(number == 0 || members.size() <= communities.size(number - 1));
      assertTrue(isConnected(network, numbers, members));
      total += members.size();
    }
    assertEquals(network.nodeCount(), total);
    int[] alone = IntStream.range(0, network.nodeCount()).toArray();
    Communities plain = Communities.of(network, 1);
    assertTrue(plain.modularity() >= modularity(network, alone) - 1e-9);
    assertEquals(modularity(network, numbers(network, plain)), plain.modularity(), 1e-12);
  }

  private static boolean isConnected(Network network, int[] numbers, List<Integer> members) {
    List<Integer> reached = new ArrayList<>(members.subList(0, 1));
    for (int next = 0; next < reached.size(); next++) {
      int node = reached.get(next);
      for (int at = network.from(node); at < network.to(node); at++) {
        int other = network.other(at);
        if (numbers[other] == numbers[node] && !reached.contains(other)) {
          reached.add(other);
        }
      }
    }
    return reached.size() == members.size();
  }

  @Property(tries = 50)
  void nobodyGainsByMovingAlone(@ForAll long seed) {
    Random random = new Random(seed);
    Network network = RandomNetwork.of(random, 2 + random.nextInt(20), random.nextInt(60));
    int[] numbers = numbers(network, Communities.of(network, 1));
    double reached = modularity(network, numbers);
    for (int node = 0; node < numbers.length; node++) {
      int own = numbers[node];
      for (int other = 0; other < numbers.length; other++) {
        numbers[node] = other;
        assertTrue(modularity(network, numbers) <= reached + 1e-8);
      }
      numbers[node] = own;
    }
  }
}
