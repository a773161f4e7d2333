package relata.api.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.document.DocumentNames.Name;

/**
 * The documents most similar to one, most similar first.
 *
 * @param generation id of the generation that they are from
 * @param version the document's version
 * @param linkedVersion the version that the list was made from; null if there is none yet
 */
@Schema(name = "Neighbors")
record NeighborsView(
    long generation,
    String id,
    String title,
    long version,
    Long linkedVersion,
    List<Entry> neighbors) {
  NeighborsView {
    neighbors = List.copyOf(neighbors);
  }

  /**
   * One neighbour.
   *
   * @param similarity greatest cosine of a chunk of the one and a chunk of the other
   * @param chunk ordinal of that chunk of the document
   * @param neighborChunk ordinal of that chunk of the neighbour
   * @param evidence the two chunks; null if they were not asked for
   */
  @Schema(name = "Neighbor")
  record Entry(
      String id,
      String title,
      double similarity,
      int chunk,
      int neighborChunk,
      GraphService.Evidence evidence) {}

  /** Puts names to ids; a neighbour without a name is left out, for it was deleted meanwhile. */
  static NeighborsView of(
      long generation, Name document, GraphService.Neighbors list, Map<Long, Name> names) {
    List<Entry> entries =
        list.neighbors().stream()
            .map(neighbor -> entry(neighbor, names))
            .flatMap(Optional::stream)
            .toList();
    return new NeighborsView(
        generation, document.id(), document.title(), document.version(), list.version(), entries);
  }

  private static Optional<Entry> entry(GraphService.Neighbor neighbor, Map<Long, Name> names) {
    return Optional.ofNullable(names.get(neighbor.documentId()))
        .map(
            name ->
                new Entry(
                    name.id(),
                    name.title(),
                    neighbor.similarity(),
                    neighbor.chunk(),
                    neighbor.neighborChunk(),
                    neighbor.evidence()));
  }
}
