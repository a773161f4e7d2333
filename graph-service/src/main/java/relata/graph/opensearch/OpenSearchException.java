package relata.graph.opensearch;

/** The cluster answered that it does not do what it was asked. */
final class OpenSearchException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int status;
  private final String type;

  OpenSearchException(int status, String type, String message) {
    super(message);
    this.status = status;
    this.type = type;
  }

  boolean isNotFound() {
    return status == 404;
  }

  boolean isThereAlready() {
    return type.equals("resource_already_exists_exception");
  }

  /** The same request may work later. */
  boolean isTemporary() {
    return status == 429 || status >= 500;
  }
}
