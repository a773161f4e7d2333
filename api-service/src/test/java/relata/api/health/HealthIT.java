package relata.api.health;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyIterable;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static relata.local.testing.Patiently.await;

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
        .body("paths", hasKey("/v1/collections/{collection}/documents/{id}/features"))
        .body("paths", hasKey("/v1/collections/{collection}/events"))
        .body("paths", hasKey("/v1/dead-letters/{id}/replay"))
        .body("paths", hasKey("/v1/models/{profile}/activate"))
        .body("components.schemas.NewCollection.properties.recipe", hasKey("examples"))
        .body("components.schemas.DocumentBody.properties.metadata.type", is("object"))
        .body("components.schemas.ProvidedChunk.properties.vector.type", is("array"))
        .body("components.schemas.ProvidedChunk.properties.vector.items.type", is("number"))
        .body("components.schemas.Status.properties", hasKey("pendingCount"))
        .body("components.schemas", not(hasKey("ObjectNode")))
        .body(
            "paths['/v1/collections/{collection}/documents/{id}'].put.responses.keySet()",
            hasItem("412"));
  }
}
