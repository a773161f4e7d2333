package relata.graph.text;

import java.util.ArrayList;
import java.util.List;

/**
 * What a user typed, in parts: a phrase stands in double quotes, a prefix ends with an asterisk,
 * and everything else is words. Nothing can be wrong: a quote that is not closed and an asterisk
 * elsewhere are plain characters.
 *
 * @param words all that is neither phrase nor prefix
 * @param phrases without their quotes
 * @param prefixes without their asterisks, of letters and digits alone
 */
public record TypedText(String words, List<String> phrases, List<String> prefixes) {
  /** A shorter prefix is the beginning of most words. */
  private static final int SHORTEST_PREFIX = 2;

  public TypedText {
    phrases = List.copyOf(phrases);
    prefixes = List.copyOf(prefixes);
  }

  /** The parts of a text. */
  public static TypedText of(String text) {
    StringBuilder words = new StringBuilder();
    List<String> phrases = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('"', at);
      int close = open < 0 ? -1 : text.indexOf('"', open + 1);
      if (close < 0) {
        split(text.substring(at), words, prefixes);
        break;
      }
      split(text.substring(at, open), words, prefixes);
      String phrase = text.substring(open + 1, close);
      if (!phrase.isBlank()) {
        phrases.add(phrase);
      }
      at = close + 1;
    }
    return new TypedText(words.toString().strip(), phrases, prefixes);
  }

  private static void split(String text, StringBuilder words, List<String> prefixes) {
    for (String part : text.split("\\s+", -1)) {
      String stem = part.endsWith("*") ? part.substring(0, part.length() - 1) : "";
      if (stem.codePointCount(0, stem.length()) >= SHORTEST_PREFIX
          && stem.codePoints().allMatch(Character::isLetterOrDigit)) {
        prefixes.add(stem);
      } else if (!part.isEmpty()) {
        words.append(part).append(' ');
      }
    }
  }
}
