package relata.graph.text;

/** Names a chunk within a generation. */
public record ChunkKey(long documentId, int ordinal) {
  String term() {
    return documentId + "/" + ordinal;
  }
}
