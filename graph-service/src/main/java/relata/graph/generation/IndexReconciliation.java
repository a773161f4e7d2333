package relata.graph.generation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import relata.graph.database.Session;

/** Finds what an index has missed, by comparing who wrote it last, and loads it. */
public final class IndexReconciliation {
  private static final int BATCH = 500;

  private IndexReconciliation() {}

  /**
   * @return how many documents differed from what is stored; none of what is shared, which is
   *     written in the turn of its generation alone
   */
  public static int reconcile(Session session, GenerationIndex index) {
    if (index.isShared()) {
      return 0;
    }
    Set<Long> gone = new HashSet<>(index.documentIds());
    List<Long> different = new ArrayList<>();
    FeatureReader.allMarks(
        session,
        index.generation().id(),
        (documentId, revision, mark) -> {
          gone.remove(documentId);
          if (!index.holds(documentId, mark)) {
            different.add(documentId);
          }
        });
    // What came into the index after the set was copied is not among them, and what looks gone may
    // have come back: refreshing reads again, so a wrong guess does no harm.
    different.addAll(gone);
    for (int from = 0; from < different.size(); from += BATCH) {
      index.refresh(session, different.subList(from, Math.min(from + BATCH, different.size())));
    }
    return different.size();
  }
}
