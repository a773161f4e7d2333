package relata.graph.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Makes a query out of what a user typed. A document must have each of the phrases, and one of the
 * words or prefixes if there is no phrase.
 */
final class WordQuery {
  /** A word of the title says more than one of the text, which it also adds a little to. */
  private static final float TITLE_BOOST = 2;

  private static final float TIE_BREAKER = 0.1f;

  /** All that begins so is found; the rarest words score as words, any other a little. */
  private static final int SCORED_EXPANSIONS = 64;

  private static final float EXPANSION_SCORE = 0.5f;

  private final Language language;
  private final BooleanQuery.Builder query = new BooleanQuery.Builder();
  private int wordsLeft;
  private boolean isEmpty = true;

  private WordQuery(Language language, int maxWords) {
    this.language = language;
    wordsLeft = maxWords;
  }

  /** Nothing if no word is left, for instance of "the of and". */
  static Optional<Query> of(Language language, String text, int maxWords) {
    WordQuery query = new WordQuery(language, maxWords);
    TypedText typed = TypedText.of(text);
    typed.phrases().forEach(query::addPhrase);
    typed.prefixes().forEach(query::addPrefix);
    Set<String> words = new LinkedHashSet<>();
    Words.of(Analyzers.of(language), typed.words()).forEach(word -> words.add(word.word()));
    words.forEach(query::addWord);
    return query.built();
  }

  /** Any of some words, as they are indexed. */
  static Optional<Query> ofAny(Language language, List<String> words) {
    WordQuery query = new WordQuery(language, words.size());
    words.forEach(query::addWord);
    return query.built();
  }

  private Optional<Query> built() {
    return isEmpty ? Optional.empty() : Optional.of(query.build());
  }

  private void addWord(String word) {
    if (wordsLeft > 0) {
      wordsLeft--;
      add(inAnyField(field -> new TermQuery(new Term(field, word))), BooleanClause.Occur.SHOULD);
    }
  }

  private void addPhrase(String text) {
    List<Words.Word> words = Words.of(Analyzers.of(language), text);
    if (!words.isEmpty() && words.size() <= wordsLeft) {
      wordsLeft -= words.size();
      add(inAnyField(field -> phrase(field, words)), BooleanClause.Occur.MUST);
    }
  }

  private static Query phrase(String field, List<Words.Word> words) {
    PhraseQuery.Builder phrase = new PhraseQuery.Builder();
    for (Words.Word word : words) {
      phrase.add(new Term(field, word.word()), word.position() - words.getFirst().position());
    }
    return phrase.build();
  }

  private void addPrefix(String prefix) {
    if (wordsLeft > 0) {
      wordsLeft--;
      Term start = new Term(ChunkFields.WRITTEN, prefix.toLowerCase(Locale.ROOT));
      Query all = new ConstantScoreQuery(new PrefixQuery(start));
      Query best =
          new PrefixQuery(
              start, new MultiTermQuery.TopTermsBlendedFreqScoringRewrite(SCORED_EXPANSIONS));
      add(
          new DisjunctionMaxQuery(List.of(new BoostQuery(all, EXPANSION_SCORE), best), 0),
          BooleanClause.Occur.SHOULD);
    }
  }

  private void add(Query part, BooleanClause.Occur occur) {
    query.add(part, occur);
    isEmpty = false;
  }

  private interface InField {
    Query of(String field);
  }

  private static Query inAnyField(InField part) {
    List<Query> fields = new ArrayList<>();
    fields.add(part.of(ChunkFields.TEXT));
    fields.add(part.of(ChunkFields.HEADINGS));
    fields.add(new BoostQuery(part.of(ChunkFields.TITLE), TITLE_BOOST));
    return new DisjunctionMaxQuery(fields, TIE_BREAKER);
  }
}
