package relata.graph.text;

/** A document found by its words, with its best chunk and that chunk's BM25 score. */
public record TextHit(long documentId, int ordinal, double score) {
  public ChunkKey chunk() {
    return new ChunkKey(documentId, ordinal);
  }
}
