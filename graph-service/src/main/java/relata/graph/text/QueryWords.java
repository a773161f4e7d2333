package relata.graph.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a query as an index keeps them: what it looks for, and what of it stands where in a
 * text that it found.
 */
public final class QueryWords {
  /** Of a query that nobody knows the words of. */
  public static final QueryWords UNKNOWN = new QueryWords(Language.STANDARD, 0);

  private final Language language;
  private final Set<String> words = new LinkedHashSet<>();
  private final List<List<Words.Word>> phrases = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();
  private int wordsLeft;

  private QueryWords(Language language, int maxWords) {
    this.language = language;
    wordsLeft = maxWords;
  }

  /**
   * Those that a user typed; of too many the first of the phrases, then of the prefixes, then of
   * the others.
   */
  public static QueryWords typed(Language language, String text, int maxWords) {
    QueryWords query = new QueryWords(language, maxWords);
    TypedText typed = TypedText.of(text);
    typed.phrases().forEach(query::addPhrase);
    typed.prefixes().forEach(query::addPrefix);
    Words.of(Analyzers.of(language), typed.words()).forEach(word -> query.addWord(word.word()));
    return query;
  }

  /** Words as they are indexed. */
  static QueryWords indexed(Language language, Collection<String> words) {
    QueryWords query = new QueryWords(language, words.size());
    words.forEach(query::addWord);
    return query;
  }

  private void addWord(String word) {
    if (wordsLeft > 0 && words.add(word)) {
      wordsLeft--;
    }
  }

  private void addPhrase(String text) {
    List<Words.Word> phrase = Words.of(Analyzers.of(language), text);
    if (!phrase.isEmpty() && phrase.size() <= wordsLeft) {
      wordsLeft -= phrase.size();
      phrases.add(phrase);
    }
  }

  private void addPrefix(String prefix) {
    if (wordsLeft > 0) {
      wordsLeft--;
      prefixes.add(prefix.toLowerCase(Locale.ROOT));
    }
  }

  Set<String> words() {
    return words;
  }

  List<List<Words.Word>> phrases() {
    return phrases;
  }

  List<String> prefixes() {
    return prefixes;
  }

  /**
   * A place in a text that answers a query.
   *
   * @param start offset of its first UTF-16 code unit
   * @param end offset behind its last
   * @param word the same for what answers the same part of the query
   */
  public record Match(int start, int end, String word) {}

  /** Where the words stand in a text, from its start to its end; of what overlaps the longest. */
  public List<Match> in(String text) {
    List<Match> found = new ArrayList<>();
    if (!words.isEmpty() || !phrases.isEmpty()) {
      List<Words.Word> all = Words.of(Analyzers.of(language), text);
      for (int i = 0; i < all.size(); i++) {
        Words.Word word = all.get(i);
        if (words.contains(word.word())) {
          found.add(new Match(word.start(), word.end(), word.word()));
        }
        for (List<Words.Word> phrase : phrases) {
          if (isAt(i, all, phrase)) {
            int end = all.get(i + phrase.size() - 1).end();
            found.add(new Match(word.start(), end, phrase.toString()));
          }
        }
      }
    }
    if (!prefixes.isEmpty()) {
      for (Words.Word word : Words.of(Analyzers.asWritten(), text)) {
        prefixes.stream()
            .filter(prefix -> word.word().startsWith(prefix))
            .forEach(prefix -> found.add(new Match(word.start(), word.end(), prefix + "*")));
      }
    }
    return withoutOverlaps(found);
  }

  /** Whether a phrase begins at a word, with the same words left out between its own. */
  private static boolean isAt(int first, List<Words.Word> all, List<Words.Word> phrase) {
    if (first + phrase.size() > all.size()) {
      return false;
    }
    int shift = all.get(first).position() - phrase.getFirst().position();
    for (int i = 0; i < phrase.size(); i++) {
      Words.Word word = all.get(first + i);
      if (!word.word().equals(phrase.get(i).word())
          || word.position() - phrase.get(i).position() != shift) {
        return false;
      }
    }
    return true;
  }

  private static List<Match> withoutOverlaps(List<Match> found) {
    found.sort(
        Comparator.comparingInt(Match::start)
            .thenComparing(Comparator.comparingInt(Match::end).reversed()));
    List<Match> apart = new ArrayList<>();
    for (Match match : found) {
      if (apart.isEmpty() || match.start() >= apart.getLast().end()) {
        apart.add(match);
      }
    }
    return List.copyOf(apart);
  }
}
