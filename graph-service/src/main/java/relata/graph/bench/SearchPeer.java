package relata.graph.bench;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * Another engine that answers the same searches, in turns with this one. Those that are no part of
 * the service are found on the class path.
 */
public interface SearchPeer extends AutoCloseable {
  /** As in the names of its figures. */
  String name();

  /**
   * Makes an index. To be called once, before anything is searched.
   *
   * @param vectors of length 1 and one dimension each; a vector's place is its id
   * @param kept which of them a filter lets through
   */
  void build(float[][] vectors, IntPredicate kept) throws Exception;

  /**
   * The ids of the vectors most similar to one by cosine, most similar first.
   *
   * @param limit how many
   * @param effort how many candidates are explored, at least the limit; more find more and take
   *     longer
   */
  List<Long> nearest(float[] vector, int limit, int effort);

  /** One whose searches with a filter are measured as well. */
  interface Filtering extends SearchPeer {
    /** As {@link #nearest} among those that the filter lets through. */
    List<Long> nearestKept(float[] vector, int limit, int effort);
  }
}
