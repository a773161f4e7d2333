package relata.local.model;

/**
 * A request that is answered with an error: the status and the text of Ollama's error body. It is
 * an expected outcome, so it carries no stack trace.
 */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  private Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  static Refusal badRequest(String message) {
    return new Refusal(400, message);
  }

  static Refusal modelNotFound(String name) {
    return new Refusal(404, "model '" + name + "' not found");
  }

  static Refusal bodyTooLarge() {
    return new Refusal(413, "http: request body too large");
  }

  static Refusal tooManyRequests() {
    return new Refusal(429, "too many requests at once, please try again");
  }

  static Refusal busy() {
    return new Refusal(503, "server busy, please try again.  maximum pending requests exceeded");
  }

  int status() {
    return status;
  }
}
