package relata.worker.store;

import java.util.List;
import java.util.Objects;
import relata.worker.claim.Claimed;
import relata.worker.generation.Generation;

/**
 * The features of one document, ready to be stored.
 *
 * @param chunks in their order; empty when the document has nothing to embed and is skipped
 */
public record DocumentFeatures(Claimed document, Generation generation, List<StoredChunk> chunks) {
  public DocumentFeatures {
    Objects.requireNonNull(document);
    Objects.requireNonNull(generation);
    chunks = List.copyOf(chunks);
  }

  /** Nothing to embed. */
  public boolean isSkipped() {
    return chunks.isEmpty();
  }
}
