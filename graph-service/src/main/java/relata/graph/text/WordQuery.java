package relata.graph.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Makes a query out of what a user typed. It is analysed to words and never parsed, so no
 * punctuation has a meaning and none can be wrong.
 */
final class WordQuery {
  /** A word of the title says more than one of the text, which it also adds a little to. */
  private static final float TITLE_BOOST = 2;

  private static final float TIE_BREAKER = 0.1f;

  private WordQuery() {}

  /** Nothing if no word is left, for instance of "the of and". */
  static Optional<Query> of(Analyzer analyzer, String text, int maxWords) {
    Set<String> words = words(analyzer, text, maxWords);
    if (words.isEmpty()) {
      return Optional.empty();
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String word : words) {
      query.add(
          new DisjunctionMaxQuery(
              List.of(
                  new TermQuery(new Term(ChunkFields.TEXT, word)),
                  new TermQuery(new Term(ChunkFields.HEADINGS, word)),
                  new BoostQuery(new TermQuery(new Term(ChunkFields.TITLE, word)), TITLE_BOOST)),
              TIE_BREAKER),
          BooleanClause.Occur.SHOULD);
    }
    return Optional.of(query.build());
  }

  private static Set<String> words(Analyzer analyzer, String text, int maxWords) {
    Set<String> words = new LinkedHashSet<>();
    try (TokenStream tokens = analyzer.tokenStream(ChunkFields.TEXT, text)) {
      CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (words.size() < maxWords && tokens.incrementToken()) {
        words.add(term.toString());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("analysing text in memory", impossible);
    }
    return words;
  }
}
