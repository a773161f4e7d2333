package relata.worker.provided;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.worker.claim.Verdict;
import relata.worker.identity.Fingerprint;
import relata.worker.model.Embedding;
import relata.worker.split.BlockKind;
import relata.worker.split.Chunk;
import relata.worker.store.StoredChunk;

/** Looks at what a client sent as closely as at what a model answers. */
final class ProvisionCheck {
  private ProvisionCheck() {}

  /**
   * The chunks, or what is wrong with them.
   *
   * @param dimension that the recipe names
   * @param most chunks of a document
   */
  static Provision check(List<ProvidedChunk> chunks, int dimension, int most) {
    if (chunks.isEmpty()) {
      return new Provision.Refused(
          new Verdict.Lacking(
              "not_provided",
              "This generation takes its chunks and vectors from the client, and none were sent for"
                  + " this version of the document: PUT its chunks with vectors of %d components to"
                      .formatted(dimension)
                  + " the document's own address followed by /features."));
    }
    if (chunks.size() > most) {
      return refused("too_many_chunks", "More than %d chunks were sent.".formatted(most));
    }
    List<StoredChunk> checked = new ArrayList<>();
    for (int ordinal = 0; ordinal < chunks.size(); ordinal++) {
      ProvidedChunk chunk = chunks.get(ordinal);
      Optional<Provision.Refused> wrong = wrong(chunk, ordinal, dimension);
      if (wrong.isPresent()) {
        return wrong.get();
      }
      checked.add(
          new StoredChunk(
              new Chunk(BlockKind.of(chunk.kind()), chunk.headingPath(), chunk.text()),
              Fingerprint.ofProvided(chunk.text()),
              new Embedding(chunk.dimension(), chunk.vector())));
    }
    return new Provision.Chunks(checked);
  }

  private static Optional<Provision.Refused> wrong(
      ProvidedChunk chunk, int ordinal, int dimension) {
    if (chunk.text().isBlank()) {
      return Optional.of(refused("empty_chunk", "Chunk %d has no text.".formatted(ordinal)));
    }
    if (chunk.dimension() != dimension) {
      return Optional.of(
          refused(
              "wrong_dimension",
              "The vector of chunk %d has %d components, but the recipe says %d."
                  .formatted(ordinal, chunk.dimension(), dimension)));
    }
    double norm = 0;
    FloatBuffer components =
        ByteBuffer.wrap(chunk.vector()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    while (components.hasRemaining()) {
      double component = components.get();
      // An infinite or undefined component makes the sum so.
      norm += component * component;
    }
    if (!Double.isFinite(norm)) {
      return Optional.of(
          refused(
              "not_finite",
              "The vector of chunk %d has a component that is no finite number."
                  .formatted(ordinal)));
    }
    return norm == 0
        ? Optional.of(
            refused("zero_vector", "The vector of chunk %d has no direction.".formatted(ordinal)))
        : Optional.empty();
  }

  /** Only other chunks help, and whoever sends them asks for another try. */
  private static Provision.Refused refused(String code, String reason) {
    return new Provision.Refused(
        new Verdict.Dead(code, reason + " PUT the document's chunks again."));
  }
}
