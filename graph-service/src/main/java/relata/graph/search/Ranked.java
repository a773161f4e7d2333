package relata.graph.search;

import relata.graph.text.ChunkKey;

/** A document in one ranking. */
record Ranked(long documentId, int ordinal, double score) {
  ChunkKey chunk() {
    return new ChunkKey(documentId, ordinal);
  }
}
