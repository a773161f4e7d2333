package relata.local.model;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A sentence of a prompt.
 *
 * @param tokenEnds where each of its tokens ends; a token is a word or a punctuation mark
 * @param words its words in lower case
 */
record Sentence(String text, List<Integer> tokenEnds, List<String> words) {

  /** A word without end counts as several, so that tokens bound characters too. */
  private static final Pattern TOKEN = Pattern.compile("[\\p{L}\\p{N}]{1,40}|[^\\p{L}\\p{N}\\s]");

  /** Where a new block begins: an empty line, or a line with a markdown heading, item or row. */
  private static final Pattern BLOCK =
      Pattern.compile("\\R\\s*\\R|\\R(?=\\s*(?:[#*+>|-]|\\d+[.)]))");

  private static final Pattern MARKER =
      Pattern.compile("^\\s*(?:#{1,6}\\s+|[*+>-]\\s+|\\d+[.)]\\s+)");

  Sentence {
    tokenEnds = List.copyOf(tokenEnds);
    words = List.copyOf(words);
  }

  static Sentence of(String text) {
    List<MatchResult> tokens = TOKEN.matcher(text).results().toList();
    return new Sentence(
        text,
        tokens.stream().map(MatchResult::end).toList(),
        tokens.stream()
            .map(MatchResult::group)
            .filter(token -> Character.isLetterOrDigit(token.codePointAt(0)))
            .map(token -> token.toLowerCase(Locale.ROOT))
            .toList());
  }

  /** The sentences of a text in their order; white space in them is made single spaces. */
  static List<Sentence> in(String text) {
    List<Sentence> sentences = new ArrayList<>();
    for (String block : BLOCK.split(text, -1)) {
      String plain = MARKER.matcher(block).replaceFirst("").strip().replaceAll("\\s+", " ");
      BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
      breaks.setText(plain);
      int start = breaks.first();
      for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
        Sentence sentence = of(plain.substring(start, end).strip());
        if (!sentence.words().isEmpty()) {
          sentences.add(sentence);
        }
        start = end;
      }
    }
    return sentences;
  }

  int tokens() {
    return tokenEnds.size();
  }

  /** The text of the first tokens; all of it if there are no more. */
  String first(int tokens) {
    if (tokens >= tokens()) {
      return text;
    }
    return tokens <= 0 ? "" : text.substring(0, tokenEnds.get(tokens - 1));
  }
}
