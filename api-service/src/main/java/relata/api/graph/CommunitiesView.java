package relata.api.graph;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.document.DocumentNames.Name;

/**
 * The largest communities of a collection, or the one that a document belongs to: documents with
 * more similarity among them than chance would give.
 *
 * @param commit grows with each change of the generation's edges, and with it may the communities
 * @param count how many communities there are, with those of a single document
 * @param modularity how much more similarity is within communities than chance would give, at most
 *     1
 * @param communitiesOmitted how many are not told
 */
@Schema(name = "Communities")
record CommunitiesView(
    long generation,
    long commit,
    int count,
    double modularity,
    List<Community> communities,
    int communitiesOmitted) {
  CommunitiesView {
    communities = List.copyOf(communities);
  }

  /**
   * A community.
   *
   * @param size documents in it
   * @param edges edges with both ends in it
   * @param members some of its documents, the most central first
   */
  @Schema(name = "Community")
  record Community(int size, int edges, List<Member> members) {
    Community {
      members = List.copyOf(members);
    }
  }

  /**
   * A document of a community.
   *
   * @param strength sum of the similarities of its edges within the community
   */
  @Schema(name = "CommunityMember")
  record Member(String id, String title, double strength) {}

  /** Puts names to ids; documents without a name are left out, for they were deleted meanwhile. */
  static CommunitiesView of(
      long generation, GraphAnswers.Communities found, Map<Long, Name> names) {
    return new CommunitiesView(
        generation,
        found.commit(),
        found.count(),
        found.modularity(),
        found.communities().stream().map(community -> community(community, names)).toList(),
        found.communitiesOmitted());
  }

  private static Community community(GraphAnswers.Community community, Map<Long, Name> names) {
    List<Member> members =
        community.members().stream()
            .filter(member -> names.containsKey(member.documentId()))
            .map(member -> member(names.get(member.documentId()), member.strength()))
            .toList();
    return new Community(community.size(), community.edges(), members);
  }

  private static Member member(Name name, double strength) {
    return new Member(name.id(), name.title(), strength);
  }
}
