package relata.api.tenant;

import io.smallrye.common.vertx.ContextLocals;
import java.util.regex.Pattern;

/**
 * Whose data a request, or work outside of one, deals with. It comes from the caller's key or token
 * and from nowhere else, and goes with the Vert.x context: to every continuation of the request.
 */
public final class Tenant {
  /** Everybody's, where nobody is asked who they are. */
  public static final String OF_OPEN_ACCESS = "default";

  /** A single token of a NATS subject. */
  private static final Pattern RULE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  private static final String KEY = "relata.tenant";

  private Tenant() {}

  /**
   * The tenant.
   *
   * @throws IllegalStateException if there is none: nothing is done for nobody
   */
  public static String current() {
    String tenant = ContextLocals.<String>get(KEY).orElse(null);
    if (tenant == null) {
      throw new IllegalStateException("there is no tenant here");
    }
    return tenant;
  }

  /** From here on this context deals with the tenant's data. */
  public static void enter(String tenant) {
    if (!isValid(tenant)) {
      throw new IllegalStateException("this is no tenant");
    }
    ContextLocals.put(KEY, tenant);
  }

  public static boolean isValid(String tenant) {
    return tenant != null && RULE.matcher(tenant).matches();
  }

  /** For whoever is told that a name is none. */
  public static String rule() {
    return "Must match " + RULE.pattern() + ".";
  }
}
