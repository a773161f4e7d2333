package relata.graph.text;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * A searcher that remembers where words stand: the same words are looked for by many searches, and
 * by each twice, to find chunks and to score others. It forgets with the state that it searches.
 */
final class WordSearcher extends IndexSearcher {
  /** Some 100 bytes each for every part of the index; others are looked up each time. */
  private static final int MOST = 1_000;

  private final Map<Term, TermStates> known = new ConcurrentHashMap<>();

  WordSearcher(IndexReader reader) {
    super(reader);
  }

  /** Finds the chunks with a word. */
  Query having(Term word) throws IOException {
    TermStates states = known.get(word);
    if (states == null) {
      states = TermStates.build(this, word, true);
      if (known.size() < MOST) {
        known.put(word, states);
      }
    }
    return new TermQuery(word, states);
  }
}
