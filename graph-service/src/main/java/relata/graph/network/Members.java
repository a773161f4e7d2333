package relata.graph.network;

/**
 * The nodes of groups, group after group, ascending in each.
 *
 * @param first where a group's nodes begin, and behind the last group's where they end
 */
record Members(int[] nodes, int[] first) {
  Members(int[] groups, int count) {
    this(new int[groups.length], new int[count + 1]);
    for (int group : groups) {
      first[group + 1]++;
    }
    for (int group = 0; group < count; group++) {
      first[group + 1] += first[group];
    }
    int[] end = first.clone();
    for (int node = 0; node < groups.length; node++) {
      nodes[end[groups[node]]++] = node;
    }
  }
}
