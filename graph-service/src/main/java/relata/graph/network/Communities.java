package relata.graph.network;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The communities of a network, numbered from the largest down, ties by their lowest node; and how
 * central each node is in its own.
 */
public final class Communities {
  private final int[] community;
  private final Members members;
  private final double[] strengths;
  private final int[] edges;
  private final double modularity;

  private Communities(
      int[] community, Members members, double[] strengths, int[] edges, double modularity) {
    this.community = community;
    this.members = members;
    this.strengths = strengths;
    this.edges = edges;
    this.modularity = modularity;
  }

  /**
   * @param resolution a greater one gives more and smaller communities; 1 is plain modularity
   */
  public static Communities of(Network network, double resolution) {
    Weighted graph = Weighted.of(network);
    int[] found = Leiden.communities(graph, resolution);
    double modularity = Leiden.modularity(graph, resolution, found);
    int[] community = BySize.numbered(found);
    int count = BySize.sizes(community).length;
    double[] strengths = new double[network.nodeCount()];
    int[] edges = new int[count];
    for (int node = 0; node < network.nodeCount(); node++) {
      for (int at = network.from(node); at < network.to(node); at++) {
        if (community[network.other(at)] == community[node]) {
          strengths[node] += network.similarity(at);
          edges[community[node]] += node < network.other(at) ? 1 : 0;
        }
      }
    }
    return new Communities(community, new Members(community, count), strengths, edges, modularity);
  }

  public int count() {
    return edges.length;
  }

  public int of(int node) {
    return community[node];
  }

  public int size(int number) {
    return members.first()[number + 1] - members.first()[number];
  }

  /** Edges with both ends in it. */
  public int edges(int number) {
    return edges[number];
  }

  /** How much more weight is inside of communities than chance would give, from -1/2 to 1. */
  public double modularity() {
    return modularity;
  }

  /** Sum of the similarities of a node's edges within its community. */
  public double strength(int node) {
    return strengths[node];
  }

  /** The nodes of a community, the most central first, ties by number. */
  public List<Integer> members(int number) {
    return IntStream.range(members.first()[number], members.first()[number + 1])
        .map(at -> members.nodes()[at])
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(node -> -strengths[node])
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }
}
