package relata.api.outbox;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.local.nats.NatsServer;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(value = NatsAwayIT.OwnNats.class, restrictToAnnotatedClass = true)
class NatsAwayIT {
  private static final Duration BACK_WITHIN = Duration.ofMinutes(1);

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

  @Test
  void eventsCarryTheTraceOfTheRequestThatTheyComeFrom() throws Exception {
    OwnNats.server.stop();
    OwnNats.server.deleteStore();
    String collection = Collections.create();
    String single = "0af7651916cd43dd8448eb211c80319c";
    String bulk = "0af7651916cd43dd8448eb211c80319d";
    traced(single)
        .contentType("application/json")
        .body("{\"title\":\"A\"}")
        .put("/v1/collections/{c}/documents/a", collection)
        .then()
        .statusCode(201);
    traced(bulk)
        .contentType("application/x-ndjson")
        .body("{\"id\":\"b\",\"title\":\"B\"}\n{\"id\":\"c\",\"title\":\"C\"}\n".getBytes(UTF_8))
        .post("/v1/collections/{c}/documents:bulk", collection)
        .then()
        .statusCode(200);

    OwnNats.server.start();
    awaitPublished();
    List<String> traces = new ArrayList<>();
    try (EventLog log = new EventLog(OwnNats.server.url())) {
      for (long event = 1; event <= 3; event++) {
        String header =
            log.management()
                .getMessage(Streams.CONTENT, event)
                .getHeaders()
                .getFirst(Subjects.TRACE_HEADER);
        // Nothing is sent to a collector, whatever the client asks for; the id goes on all the
        // same.
        assertTrue(header.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00"), header);
        traces.add(header.substring(3, 35));
      }
    }
    assertEquals(List.of(single, bulk, bulk), traces);

    // As the other test expects it.
    OwnNats.server.stop();
    OwnNats.server.deleteStore();
  }

  private static RequestSpecification traced(String trace) {
    return given().header("traceparent", "00-" + trace + "-b7ad6b7169203331-01");
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
      return Map.of("relata.outbox.nats-url", server.url(), "quarkus.otel.sdk.disabled", "false");
    }

    @Override
    public void stop() {
      server.close();
    }
  }
}
