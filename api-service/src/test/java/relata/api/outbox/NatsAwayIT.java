package relata.api.outbox;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.local.nats.NatsServer;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(value = NatsAwayIT.OwnNats.class, restrictToAnnotatedClass = true)
class NatsAwayIT {
  private static final Duration BACK_WITHIN = Duration.ofSeconds(20);

  @Test
  void eventsWaitForABrokerThatComesLateOrComesBackEmpty() throws Exception {
    String collection = Collections.create();

    // The service has started without a broker.
    Collections.put(collection, "a", "A");
    assertEquals(1, waiting());
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'outbox' }.data.nats", not(is("CONNECTED")));

    OwnNats.server.start();
    awaitPublished();
    assertEquals(1, storedEvents());

    // The broker crashes and comes back without its store.
    OwnNats.server.kill();
    Collections.put(collection, "b", "B");
    Collections.put(collection, "c", "C");
    assertEquals(2, waiting());
    OwnNats.server.deleteStore();
    OwnNats.server.start();
    awaitPublished();
    assertEquals(2, storedEvents());
  }

  private static void awaitPublished() {
    await().atMost(BACK_WITHIN).until(() -> waiting() == 0);
  }

  private static long storedEvents() throws Exception {
    try (EventLog log = new EventLog(OwnNats.server.url())) {
      return log.stream().getStreamState().getMsgCount();
    }
  }

  /** Rows of the outbox; in this class no other test writes any. */
  private static long waiting() {
    return Database.number("select count(*) from content.outbox");
  }

  /** A broker that is not there when the service starts. */
  public static final class OwnNats implements QuarkusTestResourceLifecycleManager {
    static NatsServer server;

    @Override
    public Map<String, String> start() {
      server = NatsServer.startTemporary();
      server.stop();
      return Map.of("relata.outbox.nats-url", server.url());
    }

    @Override
    public void stop() {
      server.close();
    }
  }
}
