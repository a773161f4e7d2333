package relata.worker;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.contracts.Streams;
import relata.local.testing.BackendsResource;
import relata.worker.pipeline.Pipeline;
import relata.worker.support.Content;
import relata.worker.support.Events;
import relata.worker.support.FakeOllama;
import relata.worker.support.OllamaPort;

/** What operators and their machines look at. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class HealthIT {
  @Inject Content content;
  @Inject Events events;
  @Inject FakeOllama ollama;
  @Inject Pipeline pipeline;

  @Test
  void livenessKnowsOfNoDependency() {
    given().get("/q/health/live").then().statusCode(200).body("checks.size()", equalTo(0));
  }

  @Test
  void readinessAsksTheDatabaseAndTheBrokerAndShowsTheModelServer() {
    await().until(() -> given().get("/q/health/ready").statusCode() == 200);
    given()
        .get("/q/health/ready")
        .then()
        .body("checks.name", hasItem("nats-consumer"))
        .body("checks.name", hasItem("model-server"))
        .body("checks.name", hasItem(containsString("PostgreSQL")));
  }

  @Test
  void withoutItsConsumerTheWorkerIsNotReadyUntilItHasMadeItAgain() throws Exception {
    events.management().deleteStream(Streams.CONTENT);
    try {
      given().get("/q/health/ready").then().statusCode(503);
    } finally {
      events.createStream();
    }
    await().until(() -> given().get("/q/health/ready").statusCode() == 200);
  }

  @Test
  void whatTheModelIsGivenIsCounted() {
    ollama.reset();
    var collection = content.collection();
    double before = counter("embedding_model_inputs_total");
    long id = content.write(collection, "Counted", "One.\n\nOne.");
    pipeline.process(collection.batch(id));
    assertEquals(before + 2, counter("embedding_model_inputs_total"));
    String metrics = given().get("/q/metrics").asString();
    for (String name :
        List.of(
            "embedding_queue_depth",
            "embedding_coverage_ratio",
            "embedding_dead_letters",
            "embedding_duration_seconds_count",
            "embedding_total{outcome=\"ready\"}",
            "embedding_reused_total",
            "relata_sweep_documents_total",
            "embedding_oldest_pending_seconds")) {
      assertTrue(metrics.contains(name), name);
    }
  }

  @Test
  void whatHasNotHappenedYetIsCountedToo() {
    String metrics = given().get("/q/metrics").asString();
    for (String kind : List.of("busy", "missing", "transient", "refused")) {
      assertTrue(metrics.contains("embedding_errors_total{class=\"" + kind + "\"}"), kind);
    }
    for (String outcome : List.of("ready", "skipped", "failed", "dead", "stale")) {
      assertTrue(metrics.contains("embedding_total{outcome=\"" + outcome + "\"}"), outcome);
    }
  }

  private static double counter(String name) {
    return given()
        .get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }
}
