package relata.graph.lifecycle;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class GraphServiceIT {
  @Test
  void isReadyOnceItsGenerationsAreLoaded() {
    await()
        .atMost(Duration.ofSeconds(20))
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
