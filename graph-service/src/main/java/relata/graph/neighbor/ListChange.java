package relata.graph.neighbor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The stored list of a document and the list it has to have. */
public record ListChange(NeighborList before, NeighborList after) {
  /** Entries that are new or differ from the stored ones. */
  public List<Neighbor> written() {
    Set<Neighbor> known = new HashSet<>(before.neighbors());
    List<Neighbor> written = new ArrayList<>();
    for (Neighbor neighbor : after.neighbors()) {
      if (!known.contains(neighbor)) {
        written.add(neighbor);
      }
    }
    return List.copyOf(written);
  }

  /** Documents whose entries are gone. */
  public List<Long> removed() {
    Set<Long> kept = new HashSet<>();
    after.neighbors().forEach(neighbor -> kept.add(neighbor.documentId()));
    List<Long> removed = new ArrayList<>();
    for (Neighbor neighbor : before.neighbors()) {
      if (!kept.contains(neighbor.documentId())) {
        removed.add(neighbor.documentId());
      }
    }
    return List.copyOf(removed);
  }

  boolean isChange() {
    return !before.equals(after);
  }
}
