package relata.graph.network;

/**
 * The first step of {@link Leiden}: each node moves to the community that gains most by it, and
 * whoever may want to follow is looked at again, until nobody gains by moving.
 */
final class LocalMoving {
  private final Weighted graph;
  private final double resolution;
  private final int[] communities;

  /** By community. */
  private final double[] strengths;

  private final int[] sizes;
  private final Sums toCommunities;

  /** Communities without a node, the first {@link #free} of the array. */
  private final int[] empty;

  private int free;

  private LocalMoving(Weighted graph, double resolution, int[] communities) {
    this.graph = graph;
    this.resolution = resolution;
    this.communities = communities;
    int nodes = graph.nodeCount();
    strengths = new double[nodes];
    sizes = new int[nodes];
    toCommunities = new Sums(nodes);
    empty = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      strengths[communities[node]] += graph.strengths()[node];
      sizes[communities[node]]++;
    }
    for (int community = nodes - 1; community >= 0; community--) {
      if (sizes[community] == 0) {
        empty[free++] = community;
      }
    }
  }

  /**
   * @param communities for each node its community, a number below that of the nodes; is changed
   */
  static void run(Weighted graph, double resolution, int[] communities) {
    new LocalMoving(graph, resolution, communities).run();
  }

  private void run() {
    int nodes = graph.nodeCount();
    // A ring: each node waits in it at most once.
    int[] queue = new int[nodes];
    boolean[] waits = new boolean[nodes];
    for (int node = 0; node < nodes; node++) {
      queue[node] = node;
      waits[node] = true;
    }
    int head = 0;
    int waiting = nodes;
    while (waiting > 0) {
      int node = queue[head];
      head = (head + 1) % nodes;
      waiting--;
      waits[node] = false;
      if (move(node)) {
        for (int at = graph.first()[node]; at < graph.first()[node + 1]; at++) {
          int other = graph.others()[at];
          if (!waits[other] && communities[other] != communities[node]) {
            waits[other] = true;
            queue[(head + waiting) % nodes] = other;
            waiting++;
          }
        }
      }
    }
  }

  private boolean move(int node) {
    int before = communities[node];
    leave(node, before);
    toCommunities.clear();
    for (int at = graph.first()[node]; at < graph.first()[node + 1]; at++) {
      toCommunities.add(communities[graph.others()[at]], graph.weights()[at]);
    }
    int best = before;
    double most = gain(node, before);
    for (int i = 0; i < toCommunities.size(); i++) {
      int community = toCommunities.key(i);
      double gain = gain(node, community);
      if (gain > most + Leiden.NEGLIGIBLE) {
        best = community;
        most = gain;
      }
    }
    if (most < -Leiden.NEGLIGIBLE) {
      best = empty[free - 1];
    }
    join(node, best);
    return best != before;
  }

  /** What modularity gains, but for a factor that is the same for all. */
  private double gain(int node, int community) {
    return toCommunities.get(community)
        - resolution * graph.strengths()[node] * strengths[community] / graph.total();
  }

  private void leave(int node, int community) {
    strengths[community] -= graph.strengths()[node];
    if (--sizes[community] == 0) {
      // Without what rounding left.
      strengths[community] = 0;
      empty[free++] = community;
    }
  }

  private void join(int node, int community) {
    if (sizes[community]++ == 0) {
      remove(community);
    }
    strengths[community] += graph.strengths()[node];
    communities[node] = community;
  }

  /** It is the last that became empty, or nearly so. */
  private void remove(int community) {
    int at = free - 1;
    while (empty[at] != community) {
      at--;
    }
    empty[at] = empty[--free];
  }
}
