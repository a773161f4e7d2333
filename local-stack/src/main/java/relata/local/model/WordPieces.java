package relata.local.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The model's own tokenizer: word pieces between a beginning and an end marker. */
final class WordPieces implements AutoCloseable {

  static {
    // Without it the tokenizer's library asks the cloud's metadata address where it runs and
    // reports that to its makers.
    System.setProperty("ai.djl.offline", "true");
  }

  private final HuggingFaceTokenizer tokenizer;

  private WordPieces(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

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

  /** The ids of the whole text, both markers included, so at least two. */
  long[] tokens(String text) {
    return tokenizer.encode(wellFormed(text), true, false).getIds();
  }

  /** The first {@code limit} tokens, of which the last is the end marker still. */
  static long[] cut(long[] tokens, int limit) {
    if (tokens.length <= limit) {
      return tokens;
    }
    long[] first = new long[limit];
    System.arraycopy(tokens, 0, first, 0, limit - 1);
    first[limit - 1] = tokens[tokens.length - 1];
    return first;
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
