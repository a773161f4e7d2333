package relata.worker.split;

/**
 * A heading or a table header as it stands beside other texts. It is said again with each of them,
 * so that one of 100 kB would make a document a thousand times larger; where it stands for itself
 * it is a text like any other.
 */
public final class Label {
  /** Longer than what people write above a text, short enough to be said thousands of times. */
  static final int LONGEST = 200;

  private static final String ELLIPSIS = "…";

  private Label() {}

  /**
   * At most {@value #LONGEST} characters, the last of them an ellipsis where some were left out.
   */
  public static String of(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = LONGEST - ELLIPSIS.length();
    if (Character.isLowSurrogate(text.charAt(end))
        && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + ELLIPSIS;
  }
}
