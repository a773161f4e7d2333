package relata.local.client;

/** The API refused, or cannot be reached; the message tells a person what to do. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  ApiException(String message, Throwable cause) {
    super(message, cause);
    this.status = 0;
  }

  /** The HTTP status; 0 if there was no answer. */
  public int status() {
    return status;
  }
}
