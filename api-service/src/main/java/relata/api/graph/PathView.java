package relata.api.graph;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.document.DocumentNames.Name;

/**
 * How two documents are related: the way between them with the fewest edges, of several the one
 * with the greatest similarities.
 *
 * @param connected whether there is one; a document that is not linked yet is related to none
 * @param steps the edges of the way; none from a document to itself
 */
@Schema(name = "GraphPath")
record PathView(
    long generation, long commit, String from, String to, boolean connected, List<Step> steps) {
  PathView {
    steps = List.copyOf(steps);
  }

  /**
   * One edge.
   *
   * @param chunk what in the first document is like {@code toChunk} in the second; null if it was
   *     changed meanwhile
   */
  @Schema(name = "PathStep")
  record Step(
      End from, End to, double similarity, GraphService.Chunk chunk, GraphService.Chunk toChunk) {}

  /** A document; null instead if it was deleted meanwhile. */
  @Schema(name = "PathEnd")
  record End(String id, String title) {
    private static End of(Name name) {
      return name == null ? null : new End(name.id(), name.title());
    }
  }

  static PathView of(
      long generation, Name from, Name to, GraphAnswers.Path path, Map<Long, Name> names) {
    List<Step> steps =
        path.steps().stream()
            .map(
                step ->
                    new Step(
                        End.of(names.get(step.fromId())),
                        End.of(names.get(step.toId())),
                        step.similarity(),
                        step.chunk(),
                        step.toChunk()))
            .toList();
    return new PathView(generation, path.commit(), from.id(), to.id(), path.connected(), steps);
  }
}
