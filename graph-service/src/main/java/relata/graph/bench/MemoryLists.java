package relata.graph.bench;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import relata.graph.neighbor.ListChange;
import relata.graph.neighbor.Neighbor;
import relata.graph.neighbor.NeighborList;
import relata.graph.neighbor.StoredLists;

/** Neighbour lists that are stored nowhere else, so that only the engine's work is measured. */
final class MemoryLists implements StoredLists {
  private final int maxNeighbors;
  private final Map<Long, NeighborList> lists = new HashMap<>();

  /** Whose lists a document is in. */
  private final Map<Long, Set<Long>> holders = new HashMap<>();

  MemoryLists(int maxNeighbors) {
    this.maxNeighbors = maxNeighbors;
  }

  void write(Map<Long, ListChange> changes) {
    changes.forEach(
        (documentId, change) -> {
          change.removed().forEach(gone -> holders.get(gone).remove(documentId));
          for (Neighbor neighbor : change.written()) {
            holders.computeIfAbsent(neighbor.documentId(), id -> new HashSet<>()).add(documentId);
          }
          lists.put(documentId, change.after());
        });
  }

  @Override
  public Map<Long, NeighborList> load(Set<Long> changed, Map<Long, Double> arrivals) {
    Map<Long, NeighborList> loaded = new HashMap<>();
    for (long documentId : changed) {
      loaded.put(documentId, list(documentId));
      for (long holder : holders.getOrDefault(documentId, Set.of())) {
        loaded.put(holder, list(holder));
      }
    }
    arrivals.forEach(
        (documentId, best) -> {
          NeighborList list = list(documentId);
          if (list.neighbors().size() < maxNeighbors
              || list.neighbors().getLast().similarity() <= best) {
            loaded.put(documentId, list);
          }
        });
    return loaded;
  }

  NeighborList list(long documentId) {
    return lists.getOrDefault(documentId, NeighborList.EMPTY);
  }
}
