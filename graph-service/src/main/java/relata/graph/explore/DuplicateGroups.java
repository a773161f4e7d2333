package relata.graph.explore;

import java.util.ArrayList;
import java.util.List;
import relata.graph.network.Components;
import relata.graph.network.Network;

/**
 * Documents that are nearly the same: groups that hang together by edges of at least some
 * similarity, largest first.
 *
 * @param minSimilarity what was asked for; below the recipe's own there are no edges
 * @param groupsOmitted how many groups were too many for one answer
 */
record DuplicateGroups(
    long generation, long commit, double minSimilarity, List<Group> groups, int groupsOmitted) {
  /**
   * @param size documents in it
   * @param documentIds ascending; those that were too many are left out
   */
  record Group(int size, List<Long> documentIds) {
    Group {
      documentIds = List.copyOf(documentIds);
    }
  }

  DuplicateGroups {
    groups = List.copyOf(groups);
  }

  /**
   * @param limit groups, and documents of each
   */
  static DuplicateGroups of(LoadedNetwork loaded, double minSimilarity, int limit) {
    Network network = loaded.network();
    Components components = Components.of(network, minSimilarity);
    int count = 0;
    while (count < components.count() && components.size(count) > 1) {
      count++;
    }
    List<List<Long>> ids = new ArrayList<>();
    for (int group = 0; group < Math.min(limit, count); group++) {
      ids.add(new ArrayList<>());
    }
    for (int node = 0; node < network.nodeCount(); node++) {
      int group = components.of(node);
      if (group < ids.size() && ids.get(group).size() < limit) {
        ids.get(group).add(network.documentId(node));
      }
    }
    List<Group> groups = new ArrayList<>();
    for (int group = 0; group < ids.size(); group++) {
      groups.add(new Group(components.size(group), ids.get(group)));
    }
    return new DuplicateGroups(
        loaded.generation(), loaded.commit(), minSimilarity, groups, count - groups.size());
  }
}
