package relata.graph.edges;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import relata.graph.neighbor.ListChange;
import relata.graph.neighbor.Neighbor;

/**
 * How similar somebody has to be to get into the full lists of a generation. Most who are similar
 * enough for an edge are not, in a list that is full: those lists need not be asked for. Knows the
 * lists that this replica has seen, about 70 bytes each, and only as long as nobody else commits.
 */
final class ListFloors {
  private final Map<Long, Double> floors = new HashMap<>();

  /** Whether the list is full and ends before an entry of this similarity, whatever its id. */
  boolean isAbove(long documentId, double similarity) {
    Double floor = floors.get(documentId);
    return floor != null && floor > similarity;
  }

  /**
   * A list as it is stored.
   *
   * @param floor the least similarity in it, if it is full
   */
  void seen(long documentId, OptionalDouble floor) {
    if (floor.isPresent()) {
      floors.put(documentId, floor.getAsDouble());
    } else {
      floors.remove(documentId);
    }
  }

  /** Lists that are stored now. */
  void changed(Map<Long, ListChange> changes, int maxNeighbors) {
    changes.forEach((documentId, change) -> seen(documentId, floor(change, maxNeighbors)));
  }

  private static OptionalDouble floor(ListChange change, int maxNeighbors) {
    List<Neighbor> after = change.after().neighbors();
    return after.size() < maxNeighbors
        ? OptionalDouble.empty()
        : OptionalDouble.of(after.getLast().similarity());
  }

  /** Others changed lists, and nobody told which. */
  void clear() {
    floors.clear();
  }
}
