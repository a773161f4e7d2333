package relata.graph.text;

import java.util.List;

/** The chunks of one document. */
public record TextDocument(long documentId, List<TextChunk> chunks) {
  public TextDocument {
    chunks = List.copyOf(chunks);
  }
}
