package relata.local.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;

/** The model's own tokenizer: word pieces between a beginning and an end marker. */
final class WordPieces implements AutoCloseable {

  static {
    // Without it the tokenizer's library asks the cloud's metadata address where it runs and
    // reports that to its makers.
    System.setProperty("ai.djl.offline", "true");
  }

  /** Characters tokenised at once: some 1,500 pieces of English, beyond every context. */
  private static final int WINDOW = 8_192;

  private final HuggingFaceTokenizer tokenizer;
  private final long begin;
  private final long end;

  private WordPieces(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
    long[] markers = tokenizer.encode("", true, false).getIds();
    this.begin = markers[0];
    this.end = markers[1];
  }

  /**
   * A text's tokens.
   *
   * @param ids both markers included, so at least two
   * @param cut whether the text has more tokens than these
   */
  record Tokens(long[] ids, boolean cut) {}

  static WordPieces load(byte[] json) {
    try {
      // The file asks for a cut at 128 tokens; the model takes more, and who cuts must say so.
      Map<String, String> options = Map.of("padding", "false", "truncation", "false");
      return new WordPieces(
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options));
    } catch (IOException e) {
      throw new UncheckedIOException("the tokenizer cannot be loaded", e);
    }
  }

  /**
   * The text's first tokens, at most {@code limit}, of which the last is the end marker. What is
   * beyond is not tokenised: the cost grows with the limit and not with the text.
   */
  Tokens tokens(String text, int limit) {
    return tokens(text, limit, WINDOW);
  }

  /**
   * @param window the characters tokenised at once, which the result does not depend on
   */
  Tokens tokens(String text, int limit, int window) {
    String input = wellFormed(text);
    long[] ids = new long[limit];
    ids[0] = begin;
    int count = 1;
    int from = 0;
    while (from < input.length()) {
      int to = TextWindows.end(input, from, window);
      long[] pieces = tokenizer.encode(input.substring(from, to), false, false).getIds();
      int fitting = Math.min(pieces.length, limit - 1 - count);
      System.arraycopy(pieces, 0, ids, count, fitting);
      count += fitting;
      if (fitting < pieces.length) {
        ids[count] = end;
        return new Tokens(ids, true);
      }
      from = to;
    }
    ids[count] = end;
    return new Tokens(Arrays.copyOf(ids, count + 1), false);
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  /** Half a surrogate pair is no text; as in Ollama it becomes the replacement character. */
  private static String wellFormed(String text) {
    if (text.codePoints().noneMatch(WordPieces::isSurrogate)) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text.length());
    text.codePoints().forEach(c -> repaired.appendCodePoint(isSurrogate(c) ? 0xFFFD : c));
    return repaired.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
