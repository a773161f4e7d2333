package relata.api.graph;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.document.DocumentNames.Name;

/**
 * Documents that are nearly the same, in groups that hang together by edges of some similarity; the
 * largest first.
 *
 * @param groupsOmitted how many are not told
 */
@Schema(name = "Duplicates")
record DuplicatesView(long generation, long commit, List<Group> groups, int groupsOmitted) {
  DuplicatesView {
    groups = List.copyOf(groups);
  }

  /**
   * A group.
   *
   * @param size documents in it; of a large group not all are told
   */
  @Schema(name = "DuplicateGroup")
  record Group(int size, List<Document> documents) {
    Group {
      documents = List.copyOf(documents);
    }
  }

  /** A document of a group. */
  @Schema(name = "DuplicateDocument")
  record Document(String id, String title) {}

  /** Puts names to ids; documents without a name are left out, for they were deleted meanwhile. */
  static DuplicatesView of(long generation, GraphAnswers.Duplicates found, Map<Long, Name> names) {
    return new DuplicatesView(
        generation,
        found.commit(),
        found.groups().stream().map(group -> group(group, names)).toList(),
        found.groupsOmitted());
  }

  private static Group group(GraphAnswers.Group group, Map<Long, Name> names) {
    return new Group(
        group.size(),
        group.documentIds().stream()
            .map(names::get)
            .filter(Objects::nonNull)
            .map(name -> new Document(name.id(), name.title()))
            .toList());
  }
}
