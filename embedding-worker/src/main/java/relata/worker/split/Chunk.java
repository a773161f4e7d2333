package relata.worker.split;

import java.util.List;
import java.util.Objects;

/**
 * A block, or a part of a long one, as it is embedded.
 *
 * @param headingPath the document's title and the headings above, outermost first
 * @param text what is embedded, behind the recipe's prefix; never blank
 */
public record Chunk(BlockKind kind, List<String> headingPath, String text) {
  public Chunk {
    Objects.requireNonNull(kind);
    headingPath = List.copyOf(headingPath);
    if (text.isBlank()) {
      throw new IllegalArgumentException("A chunk has text.");
    }
  }

  /**
   * Two smaller chunks in its place, for a model that finds this one too long.
   *
   * @return empty when there is nothing left to cut
   */
  public List<Chunk> halves() {
    return Cutter.halves(text).stream().map(half -> new Chunk(kind, headingPath, half)).toList();
  }
}
