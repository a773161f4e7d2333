package relata.worker.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import relata.worker.claim.Claimed;
import relata.worker.describe.Description;
import relata.worker.generation.Generation;

/**
 * The features of one document, ready to be stored.
 *
 * @param chunks in their order; empty when the document has nothing to embed and is skipped
 * @param description empty when the recipe asks for none, or there was nothing to describe
 */
public record DocumentFeatures(
    Claimed document,
    Generation generation,
    List<StoredChunk> chunks,
    Optional<Description> description) {
  public DocumentFeatures {
    Objects.requireNonNull(document);
    Objects.requireNonNull(generation);
    Objects.requireNonNull(description);
    chunks = List.copyOf(chunks);
  }

  /** Nothing to embed. */
  public boolean isSkipped() {
    return chunks.isEmpty();
  }
}
