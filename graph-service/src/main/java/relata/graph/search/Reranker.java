package relata.graph.search;

import java.util.List;

/**
 * A second look at the best of what a search found, for instance by a cross-encoder. None is built
 * in: a CDI bean of this type in graph-service's class path is what {@code "rerank": true} in a
 * search asks; of several the one with the greatest {@code jakarta.annotation.Priority}.
 *
 * <p>It is asked on a virtual thread, by several searches at a time. Whoever takes longer than
 * {@code relata.search.rerank-limit} is interrupted and not listened to; whatever it throws, the
 * order is as if nobody had asked it.
 */
public interface Reranker {
  /**
   * How well each of the candidates answers the query.
   *
   * @param candidates best first, at most {@code relata.search.rerank-depth}
   * @return one finite number a candidate, in their order; greater is better, equal leaves their
   *     order
   * @throws Exception if there is none to tell; it is logged
   */
  List<Double> scores(Query query, List<Candidate> candidates) throws Exception;

  /**
   * What is looked for.
   *
   * @param text as the user typed it
   */
  record Query(long generationId, String text) {}

  /**
   * A document's best chunk.
   *
   * @param headingPath the document's title first, then the headings above the chunk
   */
  record Candidate(long documentId, int ordinal, List<String> headingPath, String text) {
    public Candidate {
      headingPath = List.copyOf(headingPath);
    }
  }
}
