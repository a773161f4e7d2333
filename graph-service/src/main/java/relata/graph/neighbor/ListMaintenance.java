package relata.graph.neighbor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Works out which neighbour lists change when documents change, and how.
 *
 * <p>The invariant: every stored list is the exact top of the similarities that its document had
 * with the others when the later of each pair was dealt with. It holds if the index knows, besides
 * the changed documents, all that were dealt with before. Once every document has been dealt with
 * in its final version the lists are therefore those of a computation from scratch, in whatever
 * order and batches the changes came (docs/adr/0005-edges-are-a-pure-function.md).
 */
public final class ListMaintenance {
  private final int maxNeighbors;
  private final Similarities similarities;
  private final StoredLists stored;

  public ListMaintenance(int maxNeighbors, Similarities similarities, StoredLists stored) {
    if (maxNeighbors < 1) {
      throw new IllegalArgumentException("a list has room for at least one neighbour");
    }
    this.maxNeighbors = maxNeighbors;
    this.similarities = similarities;
    this.stored = stored;
  }

  /**
   * The lists that differ from the stored ones.
   *
   * @param changed the documents that are new, changed, or gone; the index knows their new state
   */
  public Map<Long, ListChange> changes(Set<Long> changed) {
    Map<Long, Candidates> candidates = similarities.candidates(changed);
    Map<Long, NeighborList> lists = stored.load(changed, bestArrivals(changed, candidates));
    Map<Long, List<Neighbor>> arrivals = arrivals(lists.keySet(), candidates);
    Map<Long, ListChange> changes = new TreeMap<>();
    List<Long> refills = new ArrayList<>();
    for (long documentId : changed) {
      put(changes, documentId, lists, top(candidates, documentId));
    }
    lists.forEach(
        (documentId, list) -> {
          if (!changed.contains(documentId)) {
            List<Neighbor> arrived = arrivals.getOrDefault(documentId, List.of());
            switch (list.update(changed, arrived, maxNeighbors)) {
              case ListUpdate.Known(NeighborList known) -> put(changes, documentId, lists, known);
              case ListUpdate.Refill() -> refills.add(documentId);
            }
          }
        });
    Map<Long, Candidates> refilling =
        refills.isEmpty() ? Map.of() : similarities.candidates(refills);
    for (long documentId : refills) {
      put(changes, documentId, lists, top(refilling, documentId));
    }
    return changes;
  }

  private NeighborList top(Map<Long, Candidates> candidates, long documentId) {
    Candidates own = candidates.get(documentId);
    return own == null ? NeighborList.EMPTY : NeighborList.of(own, maxNeighbors);
  }

  private static void put(
      Map<Long, ListChange> changes,
      long documentId,
      Map<Long, NeighborList> stored,
      NeighborList after) {
    ListChange change = new ListChange(stored.getOrDefault(documentId, NeighborList.EMPTY), after);
    if (change.isChange()) {
      changes.put(documentId, change);
    }
  }

  private static Map<Long, Double> bestArrivals(
      Set<Long> changed, Map<Long, Candidates> candidates) {
    Map<Long, Double> best = new HashMap<>();
    for (Candidates of : candidates.values()) {
      for (int i = 0; i < of.size(); i++) {
        if (!changed.contains(of.documentId(i))) {
          best.merge(of.documentId(i), of.similarity(i), Math::max);
        }
      }
    }
    return best;
  }

  private static Map<Long, List<Neighbor>> arrivals(
      Collection<Long> receivers, Map<Long, Candidates> candidates) {
    Map<Long, List<Neighbor>> arrivals = new HashMap<>();
    for (Candidates of : candidates.values()) {
      for (int i = 0; i < of.size(); i++) {
        if (receivers.contains(of.documentId(i))) {
          arrivals.computeIfAbsent(of.documentId(i), id -> new ArrayList<>()).add(of.reversed(i));
        }
      }
    }
    return arrivals;
  }
}
