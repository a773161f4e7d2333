package relata.graph.text;

import java.util.List;

/**
 * The chunks of one document, and the metadata that all of them share.
 *
 * @param attributes what may be filtered by
 */
public record TextDocument(long documentId, List<TextChunk> chunks, List<Attribute> attributes) {
  public TextDocument {
    chunks = List.copyOf(chunks);
    attributes = List.copyOf(attributes);
  }

  /** One without metadata. */
  public TextDocument(long documentId, List<TextChunk> chunks) {
    this(documentId, chunks, List.of());
  }
}
