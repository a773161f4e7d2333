package relata.api.tenant;

/**
 * Whose data a request deals with. Every row, event and subject carries it; until requests are
 * authenticated there is one, and this is the only place that knows.
 */
public final class Tenant {
  private static final String ONLY = "default";

  private Tenant() {}

  /** The tenant of the current request: a single token of a NATS subject. */
  public static String current() {
    return ONLY;
  }
}
