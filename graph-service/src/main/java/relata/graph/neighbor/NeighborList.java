package relata.graph.neighbor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The neighbours of one document, closest first, each once. A list that is shorter than the
 * recipe's {@code maxNeighbors} leaves nobody out; a full one may.
 */
public record NeighborList(List<Neighbor> neighbors) {
  public static final NeighborList EMPTY = new NeighborList(List.of());

  /**
   * @throws IllegalArgumentException if a document is in it twice
   */
  public NeighborList {
    List<Neighbor> sorted = new ArrayList<>(neighbors);
    sorted.sort(Neighbor.CLOSEST_FIRST);
    Set<Long> ids = new HashSet<>();
    for (Neighbor neighbor : sorted) {
      if (!ids.add(neighbor.documentId())) {
        throw new IllegalArgumentException("document " + neighbor.documentId() + " is there twice");
      }
    }
    neighbors = List.copyOf(sorted);
  }

  /** The closest {@code maxNeighbors} of all that are at or above the threshold. */
  static NeighborList of(Candidates candidates, int maxNeighbors) {
    List<Neighbor> closest = new ArrayList<>(maxNeighbors + 1);
    for (int i = 0; i < candidates.size(); i++) {
      if (closest.size() < maxNeighbors
          || candidates.similarity(i) >= closest.getLast().similarity()) {
        insert(closest, candidates.neighbor(i), maxNeighbors);
      }
    }
    return new NeighborList(closest);
  }

  private static void insert(List<Neighbor> closest, Neighbor neighbor, int maxNeighbors) {
    int at = closest.size();
    while (at > 0 && neighbor.isCloserThan(closest.get(at - 1))) {
      at--;
    }
    closest.add(at, neighbor);
    if (closest.size() > maxNeighbors) {
      closest.removeLast();
    }
  }

  boolean isFull(int maxNeighbors) {
    return neighbors.size() >= maxNeighbors;
  }

  /**
   * The list after some documents changed: their old entries are dropped, the new ones (those still
   * at or above the threshold) take their places.
   *
   * @param changed the documents that changed or are gone
   * @param arrivals new entries of changed documents
   */
  ListUpdate update(Set<Long> changed, List<Neighbor> arrivals, int maxNeighbors) {
    List<Neighbor> updated = new ArrayList<>(arrivals);
    for (Neighbor neighbor : neighbors) {
      if (!changed.contains(neighbor.documentId())) {
        updated.add(neighbor);
      }
    }
    updated.sort(Neighbor.CLOSEST_FIRST);
    while (updated.size() > maxNeighbors) {
      updated.removeLast();
    }
    // Whoever a full list left out stands behind its last entry, so the new list is the right one
    // only if it is full and ends no later.
    if (isFull(maxNeighbors)
        && (updated.size() < maxNeighbors || neighbors.getLast().isCloserThan(updated.getLast()))) {
      return new ListUpdate.Refill();
    }
    return new ListUpdate.Known(new NeighborList(updated));
  }
}
