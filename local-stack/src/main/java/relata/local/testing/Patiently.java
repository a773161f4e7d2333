package relata.local.testing;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * For tests: limits for what must happen in the end, not for how soon it does. The libraries' own,
 * ten seconds and two, say as much about the machine as about the product.
 */
public final class Patiently {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Short enough for an await to ask again what nobody answered. */
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);

  private Patiently() {}

  public static ConditionFactory await() {
    return Awaitility.await().atMost(LIMIT);
  }

  /**
   * A connection of the test's own.
   *
   * @throws IOException if nats-server does not answer
   */
  public static Connection connect(String natsUrl) throws IOException, InterruptedException {
    // The limit of each request to JetStream, too.
    return Nats.connect(
        new Options.Builder().server(natsUrl).connectionTimeout(REQUEST_LIMIT).build());
  }
}
