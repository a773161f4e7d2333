package relata.graph.neighbor;

import java.util.Collection;
import java.util.Map;

/** Who is similar to whom, at or above the threshold. */
public interface Similarities {
  /**
   * The candidates of each of the documents, complete. A document that the index does not hold, or
   * that is similar to nobody, has none or no entry.
   */
  Map<Long, Candidates> candidates(Collection<Long> documentIds);
}
