package relata.worker.store;

import java.util.Objects;
import relata.worker.identity.Fingerprint;
import relata.worker.model.Embedding;
import relata.worker.split.Chunk;

/** A chunk with its vector. */
public record StoredChunk(Chunk chunk, Fingerprint fingerprint, Embedding embedding) {
  public StoredChunk {
    Objects.requireNonNull(chunk);
    Objects.requireNonNull(fingerprint);
    Objects.requireNonNull(embedding);
  }
}
