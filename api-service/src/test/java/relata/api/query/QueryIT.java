package relata.api.query;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class QueryIT {
  @Test
  void queryIsStoredReplacedListedAndDeleted() {
    String collection = Collections.create();
    put(collection, "q1", "{\"text\":\"one\",\"expected\":[\"a\",{\"id\":\"b\",\"grade\":2}]}")
        .statusCode(201)
        .header("Location", notNullValue())
        .body("expected.id", contains("a", "b"))
        .body("expected.grade", contains(1, 2));
    put(collection, "q1", "{\"text\":\"other\"}")
        .statusCode(200)
        .body("text", is("other"))
        .body("expected", empty());
    put(collection, "q2", "{\"text\":\"two\"}").statusCode(201);
    given()
        .queryParam("limit", 1)
        .get("/v1/collections/{c}/queries", collection)
        .then()
        .body("queries.name", contains("q1"))
        .body("next", is("q1"));
    given()
        .queryParam("after", "q1")
        .get("/v1/collections/{c}/queries", collection)
        .then()
        .body("queries.name", contains("q2"))
        .body("next", nullValue());
    given().delete("/v1/collections/{c}/queries/q1", collection).then().statusCode(204);
    given().get("/v1/collections/{c}/queries/q1", collection).then().statusCode(404);
    given().delete("/v1/collections/{c}/queries/q1", collection).then().statusCode(404);
    given().get("/v1/collections/{c}/queries/q2", collection).then().body("text", is("two"));
  }

  @Test
  void wrongNamesFieldsAndCollectionsAreRefused() {
    String collection = Collections.create();
    put(collection, "a b", "{\"text\":\"one\"}")
        .statusCode(400)
        .body("errors.field", contains("name"));
    put(collection, "q", "{\"expected\":[7]}")
        .statusCode(400)
        .body("errors.field", contains("text", "expected[0]"));
    put("nowhere", "q", "{\"text\":\"one\"}").statusCode(404);
  }

  private static ValidatableResponse put(String collection, String name, String body) {
    return given()
        .contentType(ContentType.JSON)
        .body(body)
        .put("/v1/collections/{c}/queries/{q}", collection, name)
        .then();
  }
}
