package relata.graph.generation;

/** A shared index cannot be reached or used now; the same may work later. */
public final class IndexAwayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public IndexAwayException(String message) {
    super(message);
  }

  public IndexAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
