package relata.local.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * PostgreSQL with the schema, and nats-server, for {@code @QuarkusTest}s. Both are started once per
 * JVM, shared by all its test classes, and stopped when the JVM ends.
 *
 * <p>Sets {@code RELATA_DATABASE_URL}, {@code RELATA_DATABASE_PASSWORD} and {@code RELATA_NATS_URL}
 * as a deployment would, and for the tests themselves {@code relata.test.postgres-url} (reactive,
 * without credentials), {@code relata.test.postgres-user} and {@code relata.test.postgres-password}
 * of the superuser.
 */
public final class BackendsResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    return Backends.configuration();
  }

  /** They stay up for the next test class. */
  @Override
  public void stop() {}
}
