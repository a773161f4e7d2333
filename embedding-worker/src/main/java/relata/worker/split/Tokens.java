package relata.worker.split;

/**
 * Estimates how many tokens a model makes of a text, without the model's vocabulary. It rather
 * counts too many: a chunk that is too long is refused or silently cut by the model, one that is a
 * little short costs nothing.
 *
 * <p>Word pieces of an English vocabulary: a run of up to 6 Latin letters is one token and every 4
 * letters of a longer one are one more, so that identifiers count for what they cost; 2 digits are
 * one; any other sign (punctuation, another script, a symbol) is one by itself.
 */
public final class Tokens {
  /** No token stands for more characters than this. */
  static final int MOST_SIGNS = 6;

  private static final int WHOLE_WORD = MOST_SIGNS;
  private static final int LETTERS = 4;
  private static final int DIGITS = 2;
  private static final int LAST_LATIN = 0x24F;

  private Tokens() {}

  /** Tokens of the whole text. */
  public static int estimate(CharSequence text) {
    return estimate(text, 0, text.length());
  }

  /** Tokens of the characters from {@code start} to before {@code end}. */
  static int estimate(CharSequence text, int start, int end) {
    int tokens = 0;
    int at = start;
    while (at < end) {
      int runStart = at;
      if (isLatin(text.charAt(at))) {
        while (at < end && isLatin(text.charAt(at))) {
          at++;
        }
        int letters = at - runStart;
        tokens += letters <= WHOLE_WORD ? 1 : (letters + LETTERS - 1) / LETTERS;
      } else if (isDigit(text.charAt(at))) {
        while (at < end && isDigit(text.charAt(at))) {
          at++;
        }
        tokens += (at - runStart + DIGITS - 1) / DIGITS;
      } else {
        if (!Character.isWhitespace(text.charAt(at))
            && !Character.isLowSurrogate(text.charAt(at))) {
          tokens++;
        }
        at++;
      }
    }
    return tokens;
  }

  private static boolean isLatin(char sign) {
    return sign <= LAST_LATIN && Character.isLetter(sign);
  }

  private static boolean isDigit(char sign) {
    return sign >= '0' && sign <= '9';
  }
}
