package relata.worker.provided;

import java.util.List;
import relata.worker.claim.Verdict;
import relata.worker.store.StoredChunk;

/** What there is of a document's chunks from the client. */
public sealed interface Provision {
  /** In their order, checked. */
  record Chunks(List<StoredChunk> chunks) implements Provision {
    public Chunks {
      chunks = List.copyOf(chunks);
    }
  }

  /** None, or none that can be stored. */
  record Refused(Verdict verdict) implements Provision {}
}
