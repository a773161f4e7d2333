package relata.api.graph;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.emptyIterable;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
          {"documentId":%d,"similarity":0.91,"chunk":0,"neighborChunk":4,"evidence":{
            "chunk":{"ordinal":0,"kind":"title","headingPath":["A"],"text":"A"},
            "neighborChunk":null}}]}"""
            .formatted(a, b));
    given()
        .get(NEIGHBORS, collection, "a/1")
        .then()
        .statusCode(200)
        .body("neighbors[0].evidence.chunk.text", is("A"))
        .body("neighbors[0].evidence.neighborChunk", nullValue())
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

  @ParameterizedTest
  @CsvSource({"2,200", "4,503"})
  void questionIsAskedAgainWhenAReplicaEndsUnderIt(int leaving, int status) {
    reply(200, "{\"documentId\":%d,\"version\":null,\"neighbors\":[]}".formatted(a));
    GraphServiceFake.leave(neighborsPath(), leaving);
    given().get(NEIGHBORS, collection, "a/1").then().statusCode(status);
    assertEquals(Math.max(0, leaving - 3), GraphServiceFake.leaving(neighborsPath()));
  }

  @Test
  void answerThatCannotBeReadIsNotPassedOn() {
    reply(200, "{\"neighbors\":");
    given().get(NEIGHBORS, collection, "a/1").then().statusCode(503);
  }

  @Test
  void topOfTheGraphIsNamed() {
    GraphServiceFake.reply(
        "/internal/generations/%d/graph?top=3&minSimilarity=-1.0".formatted(generation),
        200,
        """
        {"commit":4,"nodeCount":9,"edgeCount":8,"nodesOmitted":0,"edgesOmitted":1,
         "nodes":[{"documentId":%1$d,"degree":7},{"documentId":%2$d,"degree":1},
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
        .body("commit", is(4))
        .body("pendingCount", is(2))
        .body("nodes.id", is(List.of("a/1", "b")))
        .body("nodes.title", is(List.of("A", "B")))
        .body("nodes.degree", is(List.of(7, 1)))
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
  @ValueSource(strings = {"0", "501", "many"})
  void sizeOutOfRangeIsRefused(String top) {
    given()
        .queryParam("top", top)
        .get("/v1/collections/{c}/graph", collection)
        .then()
        .statusCode(400)
        .body("errors[0].field", is("top"));
  }

  @Test
  void surroundingsOfADocumentAreNamed() {
    replyGraph(
        "?around=%d&depth=2&nodes=7&minSimilarity=0.5".formatted(a),
        """
        {"commit":4,"nodeCount":9,"edgeCount":8,"nodesOmitted":3,"edgesOmitted":0,
         "nodes":[{"documentId":%d,"degree":7,"steps":0},{"documentId":%d,"degree":1,"steps":1}],
         "edges":[]}"""
            .formatted(a, b));
    given()
        .get("/v1/collections/{c}/graph?around=a/1&depth=2&nodes=7&minSimilarity=0.5", collection)
        .then()
        .statusCode(200)
        .body("nodes.id", is(List.of("a/1", "b")))
        .body("nodes.steps", is(List.of(0, 1)))
        .body("nodesOmitted", is(3));
  }

  @Test
  void statisticsComeWithWhatIsPending() {
    replyGraph(
        "/statistics",
        """
        {"commit":4,"statistics":{"nodes":9,"edges":8,"density":0.2,"isolatedNodes":1,
         "degrees":{"min":0,"median":1,"p90":3,"p99":3,"max":4,"mean":1.7},
         "componentCount":2,"components":[8,1]}}""");
    given()
        .get("/v1/collections/{c}/graph/statistics", collection)
        .then()
        .statusCode(200)
        .body("pendingCount", is(2))
        .body("statistics.degrees.p90", is(3))
        .body("statistics.components", is(List.of(8, 1)));
  }

  @Test
  void pathIsNamedStepByStep() {
    replyGraph(
        "/path?from=%d&to=%d".formatted(a, b),
        """
        {"commit":4,"connected":true,"steps":[{"fromId":%d,"toId":%d,"similarity":0.75,
          "chunk":{"ordinal":0,"kind":"title","headingPath":["A"],"text":"A"},"toChunk":null}]}"""
            .formatted(a, b));
    given()
        .get("/v1/collections/{c}/graph/path?from=a/1&to=b", collection)
        .then()
        .statusCode(200)
        .body("connected", is(true))
        .body("steps[0].from.id", is("a/1"))
        .body("steps[0].to.title", is("B"))
        .body("steps[0].chunk.text", is("A"));
  }

  @Test
  void communitiesAreNamed() {
    String answer =
        """
        {"commit":4,"count":3,"modularity":0.4,"communitiesOmitted":2,"communities":[
          {"size":2,"edges":1,"members":[{"documentId":%d,"strength":0.75},
                                         {"documentId":999999999,"strength":0.75}]}]}"""
            .formatted(a);
    replyGraph("/communities?resolution=2.0&limit=1&members=5", answer);
    replyGraph("/communities?resolution=1.0&of=%d&members=5&offset=1".formatted(b), answer);
    for (String query : List.of("?resolution=2&limit=1", "?of=b&offset=1")) {
      given()
          .get("/v1/collections/{c}/graph/communities" + query, collection)
          .then()
          .statusCode(200)
          .body("count", is(3))
          .body("modularity", is(0.4f))
          .body("communities[0].size", is(2))
          .body("communities[0].members.id", is(List.of("a/1")));
    }
  }

  @Test
  void duplicatesAreNamed() {
    replyGraph(
        "/duplicates?minSimilarity=0.95&limit=20",
        "{\"commit\":4,\"groupsOmitted\":1,\"groups\":[{\"size\":3,\"documentIds\":[%d,%d,999999999]}]}"
            .formatted(a, b));
    given()
        .get("/v1/collections/{c}/graph/duplicates", collection)
        .then()
        .statusCode(200)
        .body("groups[0].size", is(3))
        .body("groups[0].documents.id", is(List.of("a/1", "b")))
        .body("groupsOmitted", is(1));
  }

  @ParameterizedTest
  @CsvSource({
    "?top=3&around=b, top",
    "?depth=2, depth",
    "?nodes=2, nodes",
    "?around=b&depth=7, depth",
    "?minSimilarity=2, minSimilarity",
    "/path?from=b, to",
    "/path?to=b, from",
    "/communities?resolution=0, resolution",
    "/communities?resolution=NaN, resolution",
    "/communities?offset=3, offset",
    "/communities?of=b&limit=3, limit",
    "/duplicates?limit=0, limit",
    "/statistics?top=3, top",
  })
  void questionThatMakesNoSenseNamesTheParameter(String query, String field) {
    given()
        .get("/v1/collections/{c}/graph" + query, collection)
        .then()
        .statusCode(400)
        .body("errors[0].field", is(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?around=nobody", "/path?from=b&to=nobody", "/communities?of=nobody"})
  void unknownDocumentIsNotFound(String query) {
    given()
        .get("/v1/collections/{c}/graph" + query, collection)
        .then()
        .statusCode(404)
        .body("type", is("urn:relata:problem:unknown-document"));
  }

  private void replyGraph(String query, String body) {
    GraphServiceFake.reply(
        "/internal/generations/%d/graph%s".formatted(generation, query), 200, body);
  }

  private void reply(int status, String body) {
    GraphServiceFake.reply(neighborsPath(), status, body);
  }

  private String neighborsPath() {
    return "/internal/generations/%d/documents/%d/neighbors?limit=1000&evidence=true"
        .formatted(generation, a);
  }
}
