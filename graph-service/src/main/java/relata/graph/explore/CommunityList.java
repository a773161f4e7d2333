package relata.graph.explore;

import java.util.List;
import java.util.stream.IntStream;
import relata.graph.network.Communities;
import relata.graph.network.Network;

/**
 * The largest communities of a generation, or the one that a document belongs to.
 *
 * @param count how many communities there are, with those of a single document
 * @param modularity how much more similarity is inside of communities than chance would give
 * @param communitiesOmitted how many were too many for one answer
 */
record CommunityList(
    long generation,
    long commit,
    int count,
    double modularity,
    List<Community> communities,
    int communitiesOmitted) {
  /**
   * A community.
   *
   * @param size documents in it
   * @param edges edges with both ends in it
   * @param members its most central documents
   */
  record Community(int size, int edges, List<Member> members) {
    Community {
      members = List.copyOf(members);
    }
  }

  /**
   * @param strength sum of the similarities of its edges within the community
   */
  record Member(long documentId, double strength) {}

  CommunityList {
    communities = List.copyOf(communities);
  }

  /** The largest, each with its most central documents. */
  static CommunityList largest(
      LoadedNetwork loaded, Communities communities, int limit, int members) {
    List<Community> largest =
        IntStream.range(0, Math.min(limit, communities.count()))
            .mapToObj(number -> community(loaded.network(), communities, number, 0, members))
            .toList();
    return of(loaded, communities, largest);
  }

  /** That of a document, with some of its documents. */
  static CommunityList around(
      LoadedNetwork loaded, Communities communities, int node, int offset, int members) {
    int number = communities.of(node);
    return of(
        loaded,
        communities,
        List.of(community(loaded.network(), communities, number, offset, members)));
  }

  private static CommunityList of(
      LoadedNetwork loaded, Communities communities, List<Community> shown) {
    return new CommunityList(
        loaded.generation(),
        loaded.commit(),
        communities.count(),
        communities.modularity(),
        shown,
        communities.count() - shown.size());
  }

  private static Community community(
      Network network, Communities communities, int number, int offset, int limit) {
    List<Member> members =
        communities.members(number).stream()
            .skip(offset)
            .limit(limit)
            .map(node -> new Member(network.documentId(node), communities.strength(node)))
            .toList();
    return new Community(communities.size(number), communities.edges(number), members);
  }
}
