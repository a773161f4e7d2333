package relata.graph.network;

import java.util.Arrays;

/**
 * The second step of {@link Leiden}: within each community nodes that are alone join groups that
 * they have an edge to, so that whatever is put together stays connected.
 */
final class Refinement {
  private final Weighted graph;
  private final double resolution;
  private final int[] communities;

  /** By community. */
  private final double[] communityStrengths;

  /** For each node its group, named by one of its nodes. */
  private final int[] groups;

  private final int[] sizes;
  private final double[] strengths;

  /** For each group the weight of its edges to the rest of its community. */
  private final double[] outwards;

  private final Sums toGroups;

  private Refinement(Weighted graph, double resolution, int[] communities) {
    this.graph = graph;
    this.resolution = resolution;
    this.communities = communities;
    int nodes = graph.nodeCount();
    communityStrengths = new double[nodes];
    groups = new int[nodes];
    sizes = new int[nodes];
    Arrays.fill(sizes, 1);
    strengths = graph.strengths().clone();
    outwards = new double[nodes];
    toGroups = new Sums(nodes);
    for (int node = 0; node < nodes; node++) {
      groups[node] = node;
      communityStrengths[communities[node]] += graph.strengths()[node];
      for (int at = graph.first()[node]; at < graph.first()[node + 1]; at++) {
        if (communities[graph.others()[at]] == communities[node]) {
          outwards[node] += graph.weights()[at];
        }
      }
    }
  }

  /**
   * @return for each node its group, a number below that of the nodes
   */
  static int[] run(Weighted graph, double resolution, int[] communities) {
    Refinement refinement = new Refinement(graph, resolution, communities);
    for (int node = 0; node < graph.nodeCount(); node++) {
      if (refinement.sizes[refinement.groups[node]] == 1) {
        refinement.join(node);
      }
    }
    return refinement.groups;
  }

  private void join(int node) {
    int community = communities[node];
    int own = groups[node];
    if (!isWellConnected(own, community)) {
      return;
    }
    toGroups.clear();
    for (int at = graph.first()[node]; at < graph.first()[node + 1]; at++) {
      if (communities[graph.others()[at]] == community) {
        toGroups.add(groups[graph.others()[at]], graph.weights()[at]);
      }
    }
    int best = own;
    double most = -Leiden.NEGLIGIBLE;
    for (int i = 0; i < toGroups.size(); i++) {
      int group = toGroups.key(i);
      double gain =
          toGroups.get(group) - resolution * strengths[own] * strengths[group] / graph.total();
      if (group != own && gain > most && isWellConnected(group, community)) {
        best = group;
        most = gain;
      }
    }
    if (best != own) {
      outwards[best] += outwards[own] - 2 * toGroups.get(best);
      strengths[best] += strengths[own];
      sizes[best]++;
      sizes[own] = 0;
      groups[node] = best;
    }
  }

  /** Whether a group has as many edges to the rest of its community as chance gives it, or more. */
  private boolean isWellConnected(int group, int community) {
    double rest = communityStrengths[community] - strengths[group];
    return outwards[group]
        >= resolution * strengths[group] * rest / graph.total() - Leiden.NEGLIGIBLE;
  }
}
