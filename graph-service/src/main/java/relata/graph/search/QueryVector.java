package relata.graph.search;

/** What became of the question for the vector of a text. */
public sealed interface QueryVector {
  /** The vector, as long as the model makes them. */
  record Found(float[] values) implements QueryVector {}

  /** The model cannot be asked now; it may be another time. */
  record Unavailable(String message) implements QueryVector {}

  /** The model will never make a vector of this text. */
  record Refused(String message) implements QueryVector {}
}
