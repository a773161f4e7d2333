package relata.graph.lifecycle;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.graph.broker.Broker;
import relata.graph.broker.NatsConfig;
import relata.graph.database.Database;
import relata.graph.edges.EdgeCommitter;
import relata.graph.edges.EdgesChangedPublisher;
import relata.graph.edges.EdgesConfig;
import relata.graph.feed.FeedConfig;
import relata.graph.feed.Feeds;
import relata.graph.generation.GenerationConfig;
import relata.graph.generation.Generations;
import relata.graph.sweep.Sweep;
import relata.graph.sweep.SweepConfig;
import relata.local.nats.NatsServer;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class GraphServiceIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Inject Database database;
  @Inject GenerationConfig generationConfig;
  @Inject EdgesConfig edgesConfig;
  @Inject SweepConfig sweepConfig;
  @Inject FeedConfig feedConfig;
  @Inject MeterRegistry meters;

  @Test
  void startsWhileTheBrokerIsAwayAndFindsItLater() throws Exception {
    try (NatsServer server = NatsServer.startTemporary()) {
      server.stop();
      Broker broker =
          new Broker(
              new SmallRyeConfigBuilder()
                  .withMapping(NatsConfig.class)
                  .withDefaultValues(Map.of("relata.nats.url", server.url()))
                  .build()
                  .getConfigMapping(NatsConfig.class));
      Generations generations = new Generations(database, generationConfig);
      EdgeCommitter committer =
          new EdgeCommitter(
              database, generations, edgesConfig, new EdgesChangedPublisher(broker), meters);
      Sweep sweep = new Sweep(database, generations, committer, meters, sweepConfig, edgesConfig);
      Feeds feeds =
          new Feeds(broker, database, generations, committer, sweep, feedConfig, edgesConfig);
      GraphService service = new GraphService(broker, database, generations, feeds, sweep);
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
