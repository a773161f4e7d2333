package relata.graph.testing;

import jakarta.inject.Singleton;
import java.util.List;
import relata.graph.search.Reranker;

/** The re-ranker of the tests: does what a test says. */
@Singleton
public final class RerankerForTests implements Reranker {
  private volatile Reranker behaviour = RerankerForTests::refuse;

  private static List<Double> refuse(Query query, List<Candidate> candidates) {
    throw new IllegalStateException("no test said what to do");
  }

  /** Until the next call of this. */
  public void behaveAs(Reranker reranker) {
    behaviour = reranker;
  }

  @Override
  public List<Double> scores(Query query, List<Candidate> candidates) throws Exception {
    return behaviour.scores(query, candidates);
  }
}
