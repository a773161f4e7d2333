package relata.local.model;

/**
 * What the log says of one request: names that this server knows, and numbers. Nothing that a
 * client wrote gets in, neither texts nor paths nor unknown model names.
 */
final class RequestFacts {

  private final long startNanos = System.nanoTime();
  private final StringBuilder pairs = new StringBuilder();

  RequestFacts model(ModelDescription model) {
    return add("model", model.name());
  }

  RequestFacts count(String what, long number) {
    return add(what, Long.toString(number));
  }

  long elapsedNanos() {
    return System.nanoTime() - startNanos;
  }

  /** The line; {@code path} is one of the server's own. */
  String line(String method, String path, int status) {
    return "event=request method="
        + method
        + " path="
        + path
        + " status="
        + status
        + pairs
        + " ms="
        + elapsedNanos() / 1_000_000;
  }

  private RequestFacts add(String key, String value) {
    pairs.append(' ').append(key).append('=').append(value);
    return this;
  }
}
