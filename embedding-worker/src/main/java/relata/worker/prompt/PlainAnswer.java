package relata.worker.prompt;

import java.util.regex.Pattern;

/**
 * A description made of what a model answered: one paragraph of plain text. Whatever it says, it is
 * only ever stored, shown and embedded.
 */
public final class PlainAnswer {
  private static final Pattern THOUGHT =
      Pattern.compile("<think(?:ing)?>.*?(?:</think(?:ing)?>|\\z)", flags());

  /** Some servers put the beginning of the thought into the prompt. */
  private static final Pattern END_OF_THOUGHT = Pattern.compile("\\A.*</think(?:ing)?>", flags());

  private static final Pattern FENCE = Pattern.compile("(?m)^[ \\t]*(?:```|~~~)[^\\n`]*$|```|~~~");

  private static final String SENTENCE_ENDS = ".!?…";
  private static final String WIDE_SENTENCE_ENDS = "。！？";
  private static final String CLOSERS = "\"')]»”’";

  private PlainAnswer() {}

  /**
   * The answer without the model's thoughts, fences of code, and characters that cannot be seen, on
   * one line; empty when nothing is left.
   *
   * @param maxLength the most characters; it ends behind a sentence, if one ends in its second
   *     half, else behind a word
   * @param endsOpen the model was stopped before its end
   */
  public static String of(String answer, int maxLength, boolean endsOpen) {
    String said = THOUGHT.matcher(answer).replaceAll(" ");
    said = END_OF_THOUGHT.matcher(said).replaceAll(" ");
    said = PlainCharacters.of(said);
    said = FENCE.matcher(said).replaceAll(" ");
    said = said.replaceAll("[\\s\\u00A0]+", " ").strip();
    return said.length() > maxLength || endsOpen ? cut(said, maxLength) : said;
  }

  private static String cut(String text, int maxLength) {
    String begin = PlainCharacters.first(text, maxLength);
    int sentence = begin.length();
    while (2 * sentence > begin.length() && !endsSentence(text, sentence)) {
      sentence--;
    }
    if (2 * sentence > begin.length()) {
      return begin.substring(0, sentence);
    }
    if (begin.length() == text.length() || text.charAt(begin.length()) == ' ') {
      return begin.strip();
    }
    int space = begin.lastIndexOf(' ');
    return space > 0 ? begin.substring(0, space) : begin;
  }

  /** Whether a sentence ends right before the position. */
  private static boolean endsSentence(String text, int end) {
    int last = end - 1;
    while (last > 0 && CLOSERS.indexOf(text.charAt(last)) >= 0) {
      last--;
    }
    return WIDE_SENTENCE_ENDS.indexOf(text.charAt(last)) >= 0
        || (SENTENCE_ENDS.indexOf(text.charAt(last)) >= 0
            && (end == text.length() || text.charAt(end) == ' '));
  }

  private static int flags() {
    return Pattern.DOTALL | Pattern.CASE_INSENSITIVE;
  }
}
