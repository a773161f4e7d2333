package relata.worker.catalog;

/**
 * How long a model stays in memory after a call, in the server's words.
 *
 * @param value a duration such as {@code 5m}; a negative one is for ever
 */
public record KeepAlive(String value) {
  /** Until it is unloaded. Without a unit the server would refuse it. */
  public static final KeepAlive PINNED = new KeepAlive("-1m");

  /** As long as the server would by itself. */
  public static final KeepAlive BRIEF = new KeepAlive("5m");

  /** Not at all: this unloads. */
  public static final KeepAlive NONE = new KeepAlive("0s");

  public KeepAlive {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A time to keep a model is missing.");
    }
  }
}
