package relata.graph.engine;

import relata.graph.vector.Similarity;

/** A vector that is compared with the rows, and its exact similarity with one of them. */
final class Query {
  private final float[] vector;
  private final double[] wide;
  private final double norm;
  private final boolean tame;
  private final double slack;

  Query(float[] vector) {
    this(vector, Similarity.norm(vector, 0, vector.length));
  }

  private Query(float[] vector, double norm) {
    this.vector = vector;
    this.norm = norm;
    wide = Similarity.widen(vector, 0, vector.length);
    tame = Frame.isTame(norm);
    slack = Frame.dotSlack(vector.length);
  }

  /** A row that is compared with others. */
  static Query of(Segment segment, int row) {
    float[] vector = new float[segment.dimension];
    segment.read(row, vector, 0);
    return new Query(vector, segment.norms[row]);
  }

  int dimension() {
    return vector.length;
  }

  /** Whether it has a direction: otherwise it is similar to nothing. */
  boolean hasDirection() {
    return norm > 0;
  }

  /** Whether float arithmetic can be trusted with it. */
  boolean isTame() {
    return tame;
  }

  Probe probe(Frame frame) {
    return new Probe(frame, vector, norm);
  }

  /** At least the similarity with a row, and not much more; infinite where floats cannot tell. */
  double ceiling(Kernels kernels, Segment segment, int row) {
    return ceiling(kernels.dot(vector, segment.memory(), segment.offset(row)), segment.norms[row]);
  }

  /** The same of a row with this length and this product, as the kernels give it. */
  double ceiling(float product, double other) {
    if (!tame || !Frame.isTame(other)) {
      return other > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    return product / (norm * other) + slack;
  }

  /** What the kernels multiply with rows; not to be changed. */
  float[] vector() {
    return vector;
  }

  /**
   * The similarity that decides.
   *
   * @param scratch as long as the vector
   */
  double similarity(Segment segment, int row, float[] scratch) {
    segment.read(row, scratch, 0);
    return Similarity.cosine(Similarity.dot(wide, scratch, 0), norm, segment.norms[row]);
  }
}
