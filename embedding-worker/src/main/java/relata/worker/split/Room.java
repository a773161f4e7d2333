package relata.worker.split;

import java.util.Optional;

/**
 * What is left of the limits while one document is split. Whoever makes something of it asks first,
 * so that the memory for a text is bounded before the text exists; after the first no there is only
 * no, and what was made until then is of no use. Used by one thread.
 */
public final class Room {
  private final SplitLimits limits;
  private final long characterLimit;
  private int chunks;
  private long marks;
  private long characters;
  private Optional<SplitResult.TooMuch> excess = Optional.empty();

  /**
   * Room for one document.
   *
   * @param characters of its title and its body
   */
  public Room(SplitLimits limits, long characters) {
    this.limits = limits;
    this.characterLimit = limits.characters(characters);
  }

  /** Whether so many more marks may be read. */
  public boolean takesMarks(long count) {
    marks += count;
    return takes(
        marks <= limits.marks(),
        "too_many_marks",
        "The document has more than %d line ends and signs of markup: split the document.",
        limits.marks());
  }

  /** Whether a text of so many characters may be made. */
  public boolean takesText(long length) {
    characters += length;
    return takes(
        characters <= characterLimit,
        "too_much_text",
        "The document's tables and chunks have more than %d characters: split the document,"
            + " shorten table headers or choose a smaller overlap.",
        characterLimit);
  }

  /**
   * Whether one more chunk of so many characters may be made. Paths are shared, and not counted.
   */
  boolean takesChunk(int length) {
    chunks++;
    return takes(
            chunks <= limits.chunks(),
            "too_many_chunks",
            "The document has more than %d chunks: split the document, choose a larger chunkSize"
                + " or, if its paragraphs are many and short, the mode whole.",
            limits.chunks())
        && takesText(length);
  }

  /** Nothing more fits. */
  public boolean isExceeded() {
    return excess.isPresent();
  }

  /** The first limit that was exceeded. */
  Optional<SplitResult.TooMuch> excess() {
    return excess;
  }

  private boolean takes(boolean fits, String code, String reason, long limit) {
    if (!fits && excess.isEmpty()) {
      excess = Optional.of(new SplitResult.TooMuch(code, reason.formatted(limit)));
    }
    return excess.isEmpty();
  }
}
