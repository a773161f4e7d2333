package relata.worker.split;

import java.util.List;
import java.util.Objects;

/**
 * A structural piece of a document's body, as a reader found it.
 *
 * @param headings the headings above it, outermost first, without the document's title
 * @param text what it says; never blank. Of a heading: its own words.
 */
public record Block(BlockKind kind, List<String> headings, String text) {
  public Block {
    Objects.requireNonNull(kind);
    headings = List.copyOf(headings);
    if (text.isBlank()) {
      throw new IllegalArgumentException("A block has text.");
    }
  }
}
