package relata.local.model;

/**
 * Places where a text can be cut without changing its word pieces: the pieces of the parts are then
 * the pieces of the whole. So a long text is tokenised only as far as it is needed.
 *
 * <p>The tokenizer parts words at white space, around every punctuation mark and around every
 * Chinese character. A marker such as {@code [SEP]} that is written in a text is one piece, so
 * there is no cut after {@code [} or before {@code ]}.
 */
final class TextWindows {

  /** Many times the longest context, even if every character were a token. */
  private static final int MOST = 65_536;

  private TextWindows() {}

  /**
   * The end of the window that begins at {@code start}: the first cut at least {@code least}
   * characters later, or the end of the text. If there is none for {@link #MOST} characters, it is
   * cut there all the same: that bounds the memory, and such a run is no word that a model knows.
   */
  static int end(String text, int start, int least) {
    int most = Math.min(start + MOST, text.length());
    int end = start + least;
    while (end < most && !canCut(text.charAt(end - 1), text.charAt(end))) {
      end++;
    }
    if (end < most) {
      return end;
    }
    boolean insidePair = most < text.length() && Character.isLowSurrogate(text.charAt(most));
    return insidePair ? most - 1 : most;
  }

  private static boolean canCut(char before, char after) {
    return isSpace(before)
        || isIdeograph(before)
        || (isPunctuation(before) && before != '[')
        || (isPunctuation(after) && after != ']');
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  /** ASCII only; other marks are parted by the tokenizer as well, but need no cut of their own. */
  private static boolean isPunctuation(char c) {
    return (c >= '!' && c <= '/')
        || (c >= ':' && c <= '@')
        || (c >= '[' && c <= '`')
        || (c >= '{' && c <= '~');
  }

  private static boolean isIdeograph(char c) {
    return (c >= '\u4E00' && c <= '\u9FFF') || (c >= '\u3400' && c <= '\u4DBF');
  }
}
