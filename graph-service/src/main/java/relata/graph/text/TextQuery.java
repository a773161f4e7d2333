package relata.graph.text;

/** What is looked for by words. */
public sealed interface TextQuery {
  /** How many different words are looked for; the rest is ignored. */
  int maxWords();

  /** Which chunks may be found. */
  ChunkFilter filter();

  /**
   * What a user typed.
   *
   * @param text as it was typed: {@link TypedText} says what counts as a phrase or a prefix
   */
  record Typed(String text, int maxWords, ChunkFilter filter) implements TextQuery {
    public Typed(String text, int maxWords) {
      this(text, maxWords, ChunkFilter.NONE);
    }
  }

  /**
   * The words that tell a document from others; it does not find itself.
   *
   * @param maxChunks how many of its chunks they are looked for in, from the first on
   */
  record Like(long documentId, int maxWords, int maxChunks, ChunkFilter filter)
      implements TextQuery {}
}
