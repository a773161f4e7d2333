package relata.graph.generation;

/** An index does not fit beside those that are in use; the message says what to do. */
public final class MemoryTakenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MemoryTakenException(String message) {
    super(message);
  }
}
