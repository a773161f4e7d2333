package relata.graph.bench;

/** Another engine that multiplies matrices; found on the class path. */
public interface ProductPeer {
  /**
   * Products of vectors, all of one dimension and one after the other in their arrays.
   *
   * @param products for each vector those with the others, as many as there are
   */
  void multiply(
      float[] vectors, int count, float[] others, int otherCount, int dimension, float[] products);
}
