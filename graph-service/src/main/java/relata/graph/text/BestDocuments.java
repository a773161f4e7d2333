package relata.graph.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/**
 * Keeps the best documents among the chunks that a query finds, each with its best chunk. The
 * chunks of a document are written at once and stay next to each other, so it is known how good a
 * document is when the next one comes. Chunks that cannot be of any use are not even scored: to ask
 * for more of them, and to put documents together afterwards, would take several times as long.
 */
final class BestDocuments extends SimpleCollector {
  /** Compared for nearly every chunk: one made of the library's parts took 8 % of a search. */
  private static final Comparator<TextHit> BEST_FIRST =
      (one, other) -> {
        int byScore = Double.compare(other.score(), one.score());
        return byScore == 0 ? Long.compare(one.documentId(), other.documentId()) : byScore;
      };

  private final int limit;
  private final PriorityQueue<TextHit> worstFirst;
  private ChunkNumbers numbers;
  private Scorable scorer;

  /** Of the document whose chunks are being seen; a score below any if there is none. */
  private long documentId;

  private int ordinal;
  private float score = Float.NEGATIVE_INFINITY;

  /** That of the last of enough documents; less scores for nothing, as much may still win. */
  private float floor;

  private BestDocuments(int limit) {
    this.limit = limit;
    worstFirst = new PriorityQueue<>(BEST_FIRST.reversed());
  }

  /** For a searcher that goes through all parts of the index on one thread. */
  static CollectorManager<BestDocuments, List<TextHit>> of(int limit) {
    return new CollectorManager<>() {
      @Override
      public BestDocuments newCollector() {
        return new BestDocuments(limit);
      }

      @Override
      public List<TextHit> reduce(Collection<BestDocuments> one) {
        return one.iterator().next().inOrder();
      }
    };
  }

  @Override
  public ScoreMode scoreMode() {
    return ScoreMode.TOP_SCORES;
  }

  @Override
  protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
    endDocument();
    numbers = new ChunkNumbers(leaf);
  }

  @Override
  public void setScorer(Scorable next) throws IOException {
    scorer = next;
    scorer.setMinCompetitiveScore(floor);
  }

  @Override
  public void collect(int at) throws IOException {
    float found = scorer.score();
    if (found < floor) {
      return;
    }
    long of = numbers.documentId(at);
    if (of != documentId && endDocument()) {
      scorer.setMinCompetitiveScore(floor);
    }
    if (found > score) {
      documentId = of;
      ordinal = numbers.ordinal(at);
      score = found;
    } else if (found == score) {
      ordinal = Math.min(ordinal, numbers.ordinal(at));
    }
  }

  /** Whether the floor has risen. */
  private boolean endDocument() {
    if (score == Float.NEGATIVE_INFINITY) {
      return false;
    }
    TextHit hit = new TextHit(documentId, ordinal, score);
    score = Float.NEGATIVE_INFINITY;
    if (worstFirst.size() == limit) {
      if (BEST_FIRST.compare(hit, worstFirst.peek()) > 0) {
        return false;
      }
      worstFirst.remove();
    }
    worstFirst.add(hit);
    float before = floor;
    floor = worstFirst.size() < limit ? 0 : (float) worstFirst.peek().score();
    return floor > before;
  }

  /** The documents, best first, ties by id. */
  private List<TextHit> inOrder() {
    endDocument();
    List<TextHit> hits = new ArrayList<>(worstFirst);
    hits.sort(BEST_FIRST);
    return List.copyOf(hits);
  }
}
