package relata.graph.bench;

import java.util.List;

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
   */
  void build(float[][] vectors) throws Exception;

  /**
   * The ids of the vectors most similar to one by cosine, most similar first.
   *
   * @param limit how many
   * @param effort how many candidates are explored, at least the limit; more find more and take
   *     longer
   */
  List<Long> nearest(float[] vector, int limit, int effort);
}
