package relata.graph.index;

/** A run cannot go on; the message says why, to people. */
final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1;

  Stopped(String message) {
    super(message);
  }
}
