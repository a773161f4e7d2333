package relata.api.graph;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyIterable;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.api.testing.GraphServiceFake;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(GraphServiceFake.class)
class GraphIT {
  private static final String NEIGHBORS = "/v1/collections/{c}/documents/{id}/neighbors";

  private String collection;
  private long generation;
  private long a;
  private long b;

  @BeforeEach
  void twoDocuments() {
    collection = Collections.create();
    generation = Database.generation(collection);
    Collections.put(collection, "a/1", "A");
    Collections.put(collection, "b", "B");
    a = Database.documentKey(collection, "a/1");
    b = Database.documentKey(collection, "b");
  }

  @Test
  void neighborsAreNamedAsTheirClientsDo() {
    reply(
        200,
        """
        {"documentId":%d,"version":1,"new":true,"neighbors":[
          {"documentId":%d,"similarity":0.91,"chunk":0,"neighborChunk":4}]}"""
            .formatted(a, b));
    given()
        .get(NEIGHBORS, collection, "a/1")
        .then()
        .statusCode(200)
        .body("id", is("a/1"))
        .body("title", is("A"))
        .body("version", is(1))
        .body("linkedVersion", is(1))
        .body("neighbors.size()", is(1))
        .body("neighbors[0].id", is("b"))
        .body("neighbors[0].title", is("B"))
        .body("neighbors[0].similarity", is(0.91f))
        .body("neighbors[0].chunk", is(0))
        .body("neighbors[0].neighborChunk", is(4));
  }

  @Test
  void neighborThatIsGoneIsLeftOut() {
    reply(
        200,
        """
        {"documentId":%d,"version":1,"neighbors":[
          {"documentId":%d,"similarity":0.91,"chunk":0,"neighborChunk":4},
          {"documentId":999999999,"similarity":0.9,"chunk":0,"neighborChunk":0}]}"""
            .formatted(a, b));
    given().get(NEIGHBORS, collection, "a/1").then().body("neighbors.id", is(List.of("b")));
  }

  @Test
  void documentThatIsNotLinkedYetHasNoNeighbors() {
    reply(200, "{\"documentId\":%d,\"version\":null,\"neighbors\":[]}".formatted(a));
    given()
        .get(NEIGHBORS, collection, "a/1")
        .then()
        .statusCode(200)
        .body("linkedVersion", nullValue())
        .body("neighbors", emptyIterable());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 0})
  void graphServiceThatCannotAnswerIsAwayForAWhile(int status) {
    reply(status, "{\"detail\":\"secret of the inside\"}");
    given()
        .get(NEIGHBORS, collection, "a/1")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", "2")
        .body("type", is("urn:relata:problem:graph-away"))
        .body("detail", not(is("secret of the inside")));
  }

  @Test
  void answerThatCannotBeReadIsNotPassedOn() {
    reply(200, "{\"neighbors\":");
    given().get(NEIGHBORS, collection, "a/1").then().statusCode(503);
  }

  @Test
  void topOfTheGraphIsNamed() {
    GraphServiceFake.reply(
        "/internal/generations/%d/graph?top=3".formatted(generation),
        200,
        """
        {"nodeCount":9,"edgeCount":8,"edgesOmitted":1,
         "top":[{"documentId":%1$d,"degree":7},{"documentId":%2$d,"degree":1},
                {"documentId":999999999,"degree":1}],
         "edges":[{"lowId":%1$d,"highId":%2$d,"similarity":0.75,"lowChunk":0,"highChunk":2},
                  {"lowId":%1$d,"highId":999999999,"similarity":0.7,"lowChunk":0,"highChunk":0}]}"""
            .formatted(a, b));
    given()
        .queryParam("top", 3)
        .get("/v1/collections/{c}/graph", collection)
        .then()
        .statusCode(200)
        .body("generation", is((int) generation))
        .body("nodeCount", is(9))
        .body("edgeCount", is(8))
        .body("edgesOmitted", is(1))
        .body("top.id", is(List.of("a/1", "b")))
        .body("top.title", is(List.of("A", "B")))
        .body("top.degree", is(List.of(7, 1)))
        .body("edges.size()", is(1))
        .body("edges[0].from", is("a/1"))
        .body("edges[0].to", is("b"))
        .body("edges[0].similarity", is(0.75f));
  }

  @Test
  void graphServiceThatDoesNotKnowWhatIsServedHasNoAnswer() {
    for (String path : List.of("graph", "documents/b/neighbors")) {
      given()
          .get("/v1/collections/{c}/" + path, collection)
          .then()
          .statusCode(503)
          .header("Retry-After", "2")
          .body("type", is("urn:relata:problem:graph-behind"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "many"})
  void sizeOutOfRangeIsRefused(String top) {
    given()
        .queryParam("top", top)
        .get("/v1/collections/{c}/graph", collection)
        .then()
        .statusCode(400)
        .body("errors[0].field", is("top"));
  }

  private void reply(int status, String body) {
    GraphServiceFake.reply(
        "/internal/generations/%d/documents/%d/neighbors".formatted(generation, a), status, body);
  }
}
