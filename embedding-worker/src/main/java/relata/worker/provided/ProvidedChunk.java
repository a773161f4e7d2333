package relata.worker.provided;

import java.util.List;

/**
 * A chunk as the client sent it; nothing of it is trusted.
 *
 * @param vector little-endian float32; never written to
 */
@SuppressWarnings("ArrayRecordComponent") // Equality is not asked for; a copy of each would be.
record ProvidedChunk(
    String kind, List<String> headingPath, String text, int dimension, byte[] vector) {
  ProvidedChunk {
    headingPath = List.copyOf(headingPath);
  }
}
