package relata.api.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.local.testing.BackendsResource;

/** Paths that lead to nothing, or to something else than they seem to. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class PathIT {
  private static final String DOCUMENT = "/v1/collections/{c}/documents/a";

  private static String collection;

  @BeforeEach
  void oneCollectionForAll() {
    if (collection == null) {
      collection = Collections.create();
    }
  }

  @Test
  void unknownCollectionIsNamed() {
    for (String path :
        new String[] {
          "", "/documents", "/documents/a", "/documents/a/neighbors", "/graph", "/status"
        }) {
      Refusal.demand(given().get("/v1/collections/nowhere" + path), 404)
          .body("type", is("urn:relata:problem:unknown-collection"))
          .body("detail", is("There is no collection 'nowhere'."));
    }
    Refusal.demand(
            given()
                .contentType(ContentType.JSON)
                .body("{\"title\":\"T\"}")
                .put("/v1/collections/nowhere/documents/a"),
            404)
        .body("detail", is("There is no collection 'nowhere'."));
    Refusal.demand(given().get("/v1/collections/NOT%00VALID/status"), 404);
  }

  @Test
  void unknownDocumentIsNamed() {
    Refusal.demand(given().get("/v1/collections/{c}/documents/{id}", collection, "no/where"), 404)
        .body("detail", is("There is no document 'no/where'."));
  }

  @Test
  void idThatCannotBeKeptIsRefused() {
    for (String id : new String[] {"a%00b", "a%0Ab", "x".repeat(513), "%20"}) {
      Response answer =
          given()
              .urlEncodingEnabled(false)
              .contentType(ContentType.JSON)
              .body("{\"title\":\"T\"}")
              .put("/v1/collections/" + collection + "/documents/" + id);
      Refusal.demand(answer, 400).body("errors[0].field", is("id"));
    }
  }

  @Test
  void pathThatWouldNameAnotherDocumentIsRefused() {
    for (String id : new String[] {"a;b", "a;b=c", "%ff", "a%ed%a0%80", "%c0%80"}) {
      Response answer =
          given()
              .urlEncodingEnabled(false)
              .contentType(ContentType.JSON)
              .body("{\"title\":\"T\"}")
              .put("/v1/collections/" + collection + "/documents/" + id);
      Refusal.demand(answer, 400).body("errors[0].field", is("path"));
    }
  }

  @Test
  void theLongestIdCanBeReached() {
    String id = "%E6%BC%A2".repeat(512);
    given()
        .urlEncodingEnabled(false)
        .get("/v1/collections/" + collection + "/documents/" + id)
        .then()
        .statusCode(404);
  }

  @Test
  void pathWithNothingBehindItIsNamed() {
    Refusal.demand(given().get("/v1/nothing"), 404).body("detail", endsWith("/v1/nothing."));
    Refusal.demand(given().get("/nothing"), 404).body("status", is(404));
    Refusal.demand(given().get("/v1/collections/c/nothing"), 404).body("status", is(404));
  }

  @Test
  void wrongMethodIsRefused() {
    Refusal.demand(given().delete("/v1/collections"), 405).body("status", is(405));
    Refusal.demand(given().post(DOCUMENT, collection), 405).body("status", is(405));
  }
}
