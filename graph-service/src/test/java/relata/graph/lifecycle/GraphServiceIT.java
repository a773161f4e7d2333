package relata.graph.lifecycle;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import relata.graph.database.Database;
import relata.graph.testing.Replica;
import relata.local.nats.NatsServer;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class GraphServiceIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Inject Database database;

  @Test
  void startsWhileTheBrokerIsAwayAndFindsItLater() throws Exception {
    try (NatsServer server = NatsServer.startTemporary()) {
      server.stop();
      Replica replica = new Replica(server.url());
      GraphService service =
          new GraphService(
              replica.broker(),
              database,
              replica.generations(),
              replica.feeds(),
              replica.sweep(),
              replica.tuner(),
              replica.keeper());
      int threads = Thread.activeCount();
      service.start(new StartupEvent());
      await().atMost(LIMIT).until(service::isLoaded);
      assertFalse(service.isConnected());
      assertTrue(Thread.activeCount() < threads + 20, "tries to connect pile up");
      server.start();
      await().atMost(LIMIT).until(service::isConnected);
      server.kill();
      await().atMost(LIMIT).until(() -> !service.isConnected());
      server.start();
      await().atMost(LIMIT).until(service::isConnected);
      service.stop(new ShutdownEvent());
      assertFalse(service.isConnected());
    }
  }

  @Test
  void isReadyOnceItsGenerationsAreLoaded() {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                given()
                    .get("/q/health/ready")
                    .then()
                    .statusCode(200)
                    .body("checks.find { it.name == 'index' }.status", equalTo("UP"))
                    .body("checks.find { it.name == 'index' }.data.nats", equalTo("connected"))
                    .body("checks.collect { it.name }.join(',')", containsString("PostgreSQL")));
  }

  @Test
  void isAliveWhateverIsAway() {
    given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void tellsItsMeters() {
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("relata_index_documents"))
        .body(containsString("relata_index_chunks"))
        .body(containsString("relata_index_bytes"));
  }
}
