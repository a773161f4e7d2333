package relata.api.health;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyIterable;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class HealthIT {
  @Test
  void readyServiceSaysHowItsOutboxIs() {
    await()
        .untilAsserted(
            () ->
                given()
                    .get("/q/health/ready")
                    .then()
                    .statusCode(200)
                    .body("checks.find { it.name == 'outbox' }.data.nats", is("CONNECTED")));
  }

  @Test
  void livenessAsksNobody() {
    given().get("/q/health/live").then().statusCode(200).body("checks", emptyIterable());
    given().get("/q/health/started").then().statusCode(200);
  }

  @Test
  void metersOfTheOutboxAreScraped() {
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("relata_outbox_pending"))
        .body(containsString("relata_outbox_oldest_age_seconds"))
        .body(containsString("relata_outbox_published_total{outcome=\"published\"}"));
  }

  @Test
  void apiIsDescribed() {
    given()
        .queryParam("format", "json")
        .get("/q/openapi")
        .then()
        .statusCode(200)
        .body("info.title", is("Relata"))
        .body("paths", hasKey("/v1/collections/{collection}/documents:bulk"))
        .body("paths.size()", is(9))
        .body("components.schemas.NewCollection.properties.recipe.type", is("object"))
        .body("components.schemas.DocumentBody.properties.metadata.type", is("object"))
        .body("components.schemas", not(hasKey("ObjectNode")))
        .body(
            "paths['/v1/collections/{collection}/documents/{id}'].put.responses.keySet()",
            hasItem("412"));
  }
}
