package relata.graph.engine;

import java.util.List;
import relata.graph.vector.VectorIndex;

/**
 * What a search found.
 *
 * @param hits best first; their similarities are exact
 * @param certain whether no document that was left out is better than one of them. False only if
 *     the search was told to look at fewer vectors than it would have had to
 */
public record Found(List<VectorIndex.Hit> hits, boolean certain) {
  public Found {
    hits = List.copyOf(hits);
  }
}
