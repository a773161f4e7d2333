package relata.graph.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/**
 * Makes a query out of the words of one. A document must have each of the phrases, and one of the
 * words or prefixes if there is no phrase.
 */
final class WordQuery {
  /** A word of the title says more than one of the text, which it also adds a little to. */
  private static final float TITLE_BOOST = 2;

  private static final float TIE_BREAKER = 0.1f;

  /** All that begins so is found; the rarest words score as words, any other a little. */
  private static final int SCORED_EXPANSIONS = 64;

  private static final float EXPANSION_SCORE = 0.5f;

  private final WordSearcher searcher;
  private final BooleanQuery.Builder query = new BooleanQuery.Builder();
  private boolean isEmpty = true;

  private WordQuery(WordSearcher searcher) {
    this.searcher = searcher;
  }

  /**
   * Nothing if no word is left, for instance of "the of and".
   *
   * @param searcher which is to be asked
   */
  static Optional<Query> of(QueryWords words, WordSearcher searcher) throws IOException {
    WordQuery query = new WordQuery(searcher);
    for (List<Words.Word> phrase : words.phrases()) {
      query.addPhrase(phrase);
    }
    words.prefixes().forEach(query::addPrefix);
    for (String word : words.words()) {
      query.addWord(word);
    }
    return query.isEmpty ? Optional.empty() : Optional.of(query.query.build());
  }

  private void addWord(String word) throws IOException {
    add(inAnyField(field -> searcher.having(new Term(field, word))), BooleanClause.Occur.SHOULD);
  }

  private void addPhrase(List<Words.Word> words) throws IOException {
    add(inAnyField(field -> phrase(field, words)), BooleanClause.Occur.MUST);
  }

  private static Query phrase(String field, List<Words.Word> words) {
    PhraseQuery.Builder phrase = new PhraseQuery.Builder();
    for (Words.Word word : words) {
      phrase.add(new Term(field, word.word()), word.position() - words.getFirst().position());
    }
    return phrase.build();
  }

  private void addPrefix(String prefix) {
    Term start = new Term(ChunkFields.WRITTEN, prefix);
    Query all = new ConstantScoreQuery(new PrefixQuery(start));
    Query best =
        new PrefixQuery(
            start, new MultiTermQuery.TopTermsBlendedFreqScoringRewrite(SCORED_EXPANSIONS));
    add(
        new DisjunctionMaxQuery(List.of(new BoostQuery(all, EXPANSION_SCORE), best), 0),
        BooleanClause.Occur.SHOULD);
  }

  private void add(Query part, BooleanClause.Occur occur) {
    query.add(part, occur);
    isEmpty = false;
  }

  private interface InField {
    Query of(String field) throws IOException;
  }

  private static Query inAnyField(InField part) throws IOException {
    List<Query> fields = new ArrayList<>();
    fields.add(part.of(ChunkFields.TEXT));
    fields.add(part.of(ChunkFields.HEADINGS));
    fields.add(new BoostQuery(part.of(ChunkFields.TITLE), TITLE_BOOST));
    return new DisjunctionMaxQuery(fields, TIE_BREAKER);
  }
}
