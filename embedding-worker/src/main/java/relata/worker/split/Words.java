package relata.worker.split;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text with their sizes: the places at which it may be cut. Read as they are asked
 * for and forgotten when they are used: the words of a text take many times its memory.
 */
final class Words {
  /**
   * A word, or a part of one that is larger than a chunk.
   *
   * @param start of its first character in the text
   * @param end after its last
   * @param size in estimated tokens
   * @param endsSentence a cut behind it is a good one
   */
  record Word(int start, int end, int size, boolean endsSentence) {}

  private static final String SENTENCE_ENDS = ".!?:;…。！？";
  private static final String CLOSERS = "\"')]}»”’*_`";

  private final String text;
  private final int maxSize;
  private final List<Word> words = new ArrayList<>();
  private int forgotten;
  private int at;

  /** Words no larger than {@code maxSize}, in order. */
  Words(String text, int maxSize) {
    this.text = text;
    this.maxSize = maxSize;
  }

  /** All at once, of a short text. */
  static List<Word> of(String text, int maxSize) {
    Words words = new Words(text, maxSize);
    while (words.readNext()) {
      // Reads on.
    }
    return words.words;
  }

  /** Whether the text has a word at this index. */
  boolean has(int index) {
    while (index - forgotten >= words.size()) {
      if (!readNext()) {
        return false;
      }
    }
    return true;
  }

  /** The word at an index that it has. */
  Word get(int index) {
    return words.get(index - forgotten);
  }

  /** Those before the index are not asked for again. */
  void forget(int before) {
    words.subList(0, before - forgotten).clear();
    forgotten = before;
  }

  private boolean readNext() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return false;
    }
    int start = at;
    while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    add(words, text, start, at, maxSize);
    return true;
  }

  private static void add(List<Word> words, String text, int start, int end, int maxSize) {
    int from = start;
    while (isLarger(text, from, end, maxSize)) {
      // No character counts for more than one token, so maxSize of them always fit.
      int to = Math.min(end - 1, from + Math.max(2, maxSize));
      if (Character.isLowSurrogate(text.charAt(to))) {
        to--;
      }
      words.add(new Word(from, to, size(text, start, from, to, maxSize), false));
      from = to;
    }
    if (from < end) {
      boolean endsSentence = endsLine(text, end) || endsSentence(text, from, end);
      words.add(new Word(from, end, size(text, start, from, end, maxSize), endsSentence));
    }
  }

  /**
   * A piece that continues a word counts for one token more: joined again with the piece before it,
   * the letters at the cut may make three tokens where each side made one. A piece that fills a
   * part is joined with nothing.
   */
  private static int size(String text, int wordStart, int from, int to, int maxSize) {
    int tokens = Tokens.estimate(text, from, to);
    return from == wordStart ? tokens : Math.min(maxSize, tokens + 1);
  }

  /** Looks at no more of a huge word than decides: a file in base64 is one word of megabytes. */
  private static boolean isLarger(String text, int start, int end, int maxSize) {
    return end - start > 2
        && (end - start > (long) maxSize * Tokens.MOST_SIGNS
            || Tokens.estimate(text, start, end) > maxSize);
  }

  private static boolean endsLine(String text, int end) {
    for (int at = end; at < text.length() && Character.isWhitespace(text.charAt(at)); at++) {
      if (text.charAt(at) == '\n') {
        return true;
      }
    }
    return false;
  }

  private static boolean endsSentence(String text, int start, int end) {
    int last = end - 1;
    while (last > start && CLOSERS.indexOf(text.charAt(last)) >= 0) {
      last--;
    }
    return SENTENCE_ENDS.indexOf(text.charAt(last)) >= 0;
  }
}
