package relata.api.index;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
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
class IndexIT {
  private static final String INDEX = "/v1/collections/{c}/index";
  private static final String RUN =
      """
      {"id":7,"cause":"hand","seed":42,"minRecall":0.95,"state":"waiting","detail":null,
       "createdAt":"2026-01-02T03:04:05Z","endedAt":null}""";

  private static final String TRIAL =
      """
      {"id":"7.2","run":7,"purpose":"seek","effort":{"certain":false,"probes":null,"depth":64},
       "current":{"certain":true,"probes":null,"depth":null},"held":true,
       "recall":{"mean":0.99,"lower":0.97,"queries":200,"measuredAt":"2026-01-02T03:04:05Z"},
       "plannedQueries":200,"ratio":0.4,"latency":{"p50Millis":0.2,"p99Millis":0.3},
       "currentLatency":{"p50Millis":0.5,"p99Millis":3},
       "memory":{"heapBytes":100,"vectorBytes":2000}}""";

  private String collection;
  private long generation;

  @BeforeEach
  void collection() {
    collection = Collections.create();
    generation = Database.generation(collection);
  }

  private void reply(String path, int status, String body) {
    GraphServiceFake.reply(
        "/internal/generations/%d/index%s".formatted(generation, path), status, body);
  }

  private String index() {
    return """
    {"generation":%d,"kind":"embedded","loaded":true,"documents":9,"chunks":20,"dimension":384,
     "memory":{"heapBytes":100,"vectorBytes":2000},"minRecall":0.95,"new":"ignored",
     "setting":{"effort":{"certain":true,"probes":null,"depth":null},"maxDocuments":null,
                "recall":{"mean":1,"lower":1,"queries":0,"measuredAt":null},"held":true,
                "reason":null,"since":null},
     "previous":null,"latency":null,"sampledQueries":3,"neededQueries":52,"trialsLeft":30,
     "runs":[%s],"trials":[%s]}"""
        .formatted(generation, RUN, TRIAL);
  }

  private ValidatableResponse put(String body) {
    return given().contentType(ContentType.JSON).body(body).put(INDEX, collection).then();
  }

  private ValidatableResponse tune(String query) {
    return given().post(INDEX + "/tune" + query, collection).then();
  }

  @Test
  void theIndexTellsWhatItHoldsAndWhatSearchesAreWorth() {
    reply("", 200, index());
    given()
        .get(INDEX, collection)
        .then()
        .statusCode(200)
        .body("generation", is((int) generation))
        .body("kind", is("embedded"))
        .body("documents", is(9))
        .body("memory.vectorBytes", is(2000))
        .body("setting.effort.certain", is(true))
        .body("setting.recall.lower", is(1f))
        .body("previous", nullValue())
        .body("runs[0].state", is("waiting"))
        .body("trials[0].effort.depth", is(64))
        .body("new", nullValue());
  }

  @Test
  void aRunIsAskedForWithASeedOrWithout() {
    reply("/tune", 202, RUN);
    String path = "/internal/generations/%d/index/tune".formatted(generation);
    tune("?seed=42").statusCode(202).body("id", is(7)).body("seed", is(42));
    assertEquals("{\"seed\":42}", GraphServiceFake.lastRequest(path));
    tune("").statusCode(202);
    assertEquals("{\"seed\":null}", GraphServiceFake.lastRequest(path));
  }

  @Test
  void aRunThatMayHaveBegunIsNotAskedForAgain() {
    String path = "/internal/generations/%d/index/tune".formatted(generation);
    reply("/tune", 202, RUN);
    GraphServiceFake.leave(path, 2);
    tune("").statusCode(503);
    assertEquals(1, GraphServiceFake.leaving(path));
  }

  @Test
  void whatCannotBeDoneNowIsAConflictWithTheReason() {
    reply("/tune", 409, "{\"type\":\"about:blank\",\"detail\":\"A run is under way.\"}");
    tune("")
        .statusCode(409)
        .contentType("application/problem+json")
        .body("type", is("urn:relata:problem:index-state"))
        .body("detail", is("A run is under way."));
    reply("/undo", 409, "{\"detail\":\"There is no promotion to undo.\"}");
    given()
        .post(INDEX + "/undo", collection)
        .then()
        .statusCode(409)
        .body("detail", is("There is no promotion to undo."));
    reply("/undo", 200, index());
    given()
        .post(INDEX + "/undo", collection)
        .then()
        .statusCode(200)
        .body("setting.effort.certain", is(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"?seed=-1", "?seed=9007199254740992", "?seed=1.5", "?seed=x", "?seed", "?sed=1"})
  void aWrongSeedIsRefused(String query) {
    tune(query).statusCode(400);
  }

  @Test
  void theJournalIsReadInPages() {
    reply("/trials?limit=2&after=7.3", 200, "{\"trials\":[%s],\"next\":\"7.2\"}".formatted(TRIAL));
    given()
        .get(INDEX + "/trials?limit=2&after=7.3", collection)
        .then()
        .statusCode(200)
        .body("trials", hasSize(1))
        .body("trials[0].ratio", is(0.4f))
        .body("next", is("7.2"));
    reply("/trials?limit=20", 200, "{\"trials\":[],\"next\":null}");
    given().get(INDEX + "/trials", collection).then().statusCode(200).body("next", nullValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=101", "after=7", "after=x.1", "before=7.1", "limit"})
  void wrongParametersAreRefused(String query) {
    given().get(INDEX + "/trials?" + query, collection).then().statusCode(400);
  }

  @Test
  void aRunIsReplayed() {
    reply(
        "/runs/7/replay",
        200,
        "{\"run\":%s,\"outcome\":\"kept\",\"effort\":null,\"same\":true}".formatted(RUN));
    given()
        .get(INDEX + "/runs/7/replay", collection)
        .then()
        .statusCode(200)
        .body("outcome", is("kept"))
        .body("same", is(true));
    reply(
        "/runs/8/replay",
        404,
        "{\"type\":\"urn:relata:problem:unknown-run\",\"detail\":\"There is no run 8.\"}");
    for (String run : new String[] {"8", "x"}) {
      given()
          .get(INDEX + "/runs/{r}/replay", collection, run)
          .then()
          .statusCode(404)
          .body("type", is("urn:relata:problem:unknown-run"));
    }
  }

  @Test
  void theRecallThatACollectionAsksForIsKept() {
    assertEquals(0, asked(0.98));
    put("{\"minRecall\":0.98}").statusCode(200).body("minRecall", is(0.98f));
    assertEquals(1, asked(0.98));
    put("{\"minRecall\":1}").statusCode(200).body("minRecall", is(1f));
    assertEquals(1, asked(1));
    put("{}").statusCode(200).body("minRecall", nullValue());
    assertEquals(0, asked(1));
  }

  private long asked(double minRecall) {
    return Database.number(
        "select count(*) from content.collection where name = ? and min_recall = ?",
        collection,
        minRecall);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"minRecall\":0.49}",
        "{\"minRecall\":1.01}",
        "{\"minRecall\":\"0.9\"}",
        "{\"minRecall\":true}",
        "{\"recall\":0.9}",
        "[]"
      })
  void aWrongRecallIsRefused(String body) {
    put(body).statusCode(400);
  }

  @Test
  void anUnknownCollectionHasNoIndex() {
    given().get(INDEX, "none").then().statusCode(404);
    given()
        .contentType(ContentType.JSON)
        .body("{\"minRecall\":0.9}")
        .put(INDEX, "none")
        .then()
        .statusCode(404)
        .body("type", is("urn:relata:problem:unknown-collection"));
  }

  @Test
  void withoutGraphServiceTheAnswerIsToComeBack() {
    given()
        .get(INDEX, collection)
        .then()
        .statusCode(503)
        .header("Retry-After", "2")
        .body("type", is("urn:relata:problem:graph-behind"));
  }
}
