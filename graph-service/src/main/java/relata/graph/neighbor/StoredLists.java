package relata.graph.neighbor;

import java.util.Map;
import java.util.Set;

/** The neighbour lists as they were committed last. */
public interface StoredLists {
  /**
   * The lists that a change may touch: those of the changed documents, those that hold one of them,
   * and of those in {@code arrivals} the ones that the arrival may get into.
   *
   * @param changed the documents that changed or are gone
   * @param arrivals for each other document that is similar to a changed one the greatest of these
   *     similarities
   * @return the lists by document; a list that is full and ends before the arrival is left out,
   *     while a document without any neighbour has an empty list
   */
  Map<Long, NeighborList> load(Set<Long> changed, Map<Long, Double> arrivals);
}
