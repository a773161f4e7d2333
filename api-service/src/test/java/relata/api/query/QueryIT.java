package relata.api.query;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
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
  void linesAreStoredOneByOneAndAWrongOneHarmsNoOther() {
    String collection = Collections.create();
    put(collection, "q1", "{\"text\":\"one\"}").statusCode(201);
    String answers =
        given()
            .contentType("application/x-ndjson")
            .body(
                """
                {"name":"q1","text":"other"}

                {"name":"q2","text":" "}
                {"name":"q3","text":"three","expected":["a"]}
                no json
                """
                    .getBytes(UTF_8))
            .post("/v1/collections/{c}/queries:bulk", collection)
            .then()
            .statusCode(200)
            .extract()
            .asString();
    List<String> lines = answers.lines().toList();
    assertEquals("{\"line\":1,\"name\":\"q1\",\"outcome\":\"updated\"}", lines.get(0));
    assertTrue(lines.get(1).startsWith("{\"line\":3,\"name\":\"q2\",\"outcome\":\"rejected\""));
    assertEquals("{\"line\":4,\"name\":\"q3\",\"outcome\":\"created\"}", lines.get(2));
    assertTrue(lines.get(3).startsWith("{\"line\":5,\"outcome\":\"rejected\""));
    given()
        .get("/v1/collections/{c}/queries", collection)
        .then()
        .body("queries.name", contains("q1", "q3"))
        .body("queries.text", contains("other", "three"));
    given()
        .contentType("application/x-ndjson")
        .body("{\"name\":\"q\",\"text\":\"x\"}".getBytes(UTF_8))
        .post("/v1/collections/nowhere/queries:bulk")
        .then()
        .statusCode(404);
  }

  @Test
  void lineThatIsTooLongOrOneQueryTooManyHarmsNoOther() {
    String collection = Collections.create();
    Database.execute(
        """
        insert into content.query (collection_id, name, text, expected)
        select id, 'old-' || i, 'x', '[]'
          from content.collection, generate_series(1, 1999) i where name = ?""",
        collection);
    String tooLong = "{\"name\":\"long\",\"text\":\"" + "x".repeat(1024 * 1024) + "\"}";
    List<String> answers =
        given()
            .contentType("application/x-ndjson")
            .body(
                """
                %s
                {"name":"q1","text":"the last that there is room for"}
                {"name":"q2","text":"one too many"}
                {"name":"q1","text":"in its place"}
                """
                    .formatted(tooLong)
                    .getBytes(UTF_8))
            .post("/v1/collections/{c}/queries:bulk", collection)
            .then()
            .statusCode(200)
            .extract()
            .asString()
            .lines()
            .toList();
    assertEquals(
        "{\"line\":1,\"outcome\":\"rejected\","
            + "\"error\":{\"detail\":\"The line is longer than 1048576 bytes.\"}}",
        answers.get(0));
    assertEquals("{\"line\":2,\"name\":\"q1\",\"outcome\":\"created\"}", answers.get(1));
    assertEquals(
        "{\"line\":3,\"name\":\"q2\",\"outcome\":\"rejected\",\"error\":{\"detail\":"
            + "\"The collection has 2000 queries, which is the limit; delete some.\"}}",
        answers.get(2));
    assertEquals("{\"line\":4,\"name\":\"q1\",\"outcome\":\"updated\"}", answers.get(3));
    put(collection, "q3", "{\"text\":\"x\"}")
        .statusCode(409)
        .body("type", is("urn:relata:problem:too-many-queries"));
  }

  @Test
  void importWithoutLinesDoesNothing() {
    for (String body : List.of("", "\n \n", "null")) {
      given()
          .contentType("application/x-ndjson")
          .body(body.getBytes(UTF_8))
          .post("/v1/collections/{c}/queries:bulk", Collections.create())
          .then()
          .statusCode(200)
          .body(not(containsString("created")));
      given()
          .contentType("application/x-ndjson")
          .body(body.getBytes(UTF_8))
          .post("/v1/collections/nowhere/queries:bulk")
          .then()
          .statusCode(404);
    }
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
