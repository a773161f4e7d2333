package relata.api.generation;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.collection.FoundCollection;
import relata.api.outbox.EventLog;
import relata.api.problem.ProblemException;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.api.testing.GraphServiceFake;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(GraphServiceFake.class)
@QuarkusTestResource(FastConductor.class)
class GenerationIT {
  private static final String FEWER_EDGES = "{\"edges\":{\"maxNeighbors\":3}}";
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject Look look;
  @Inject GenerationBook book;

  @ConfigProperty(name = "RELATA_NATS_URL")
  String natsUrl;

  private String collection;
  private long first;

  @BeforeEach
  void collectionWithTwoDocuments() {
    Comparisons.answer(1);
    collection = Collections.create();
    Collections.put(collection, "a", "A");
    Collections.put(collection, "b", "B");
    first = Database.generation(collection);
    Made.all(first);
  }

  @Test
  void newRecipeIsBuiltInTheShadowAndSwitchedToWhenWhole() {
    long second = change(FEWER_EDGES);
    generation(second)
        .body("state", is("building"))
        .body("whole", is(false))
        .body("whyNotWhole", hasItem("2 documents are pending or in work."))
        .body("counts.pending", is(2))
        .body("recipe.edges.maxNeighbors", is(3))
        .body("written.edges.maxNeighbors", is(3));
    given()
        .get("/v1/collections/{c}", collection)
        .then()
        .body("generation", is((int) first))
        .body("building.generation", is((int) second));
    Made.all(second);
    awaitState(second, "active");
    generation(first)
        .body("state", is("retired"))
        .body("retiredAt", notNullValue())
        .body("eraseAfter", notNullValue());
    generation(second)
        .body("report.passed", is(true))
        .body("report.overlapAt10.documents", is(1.0f))
        .body("report.recallAt10.old", is(0.4f))
        .body("report.recallAt10.new", is(0.5f))
        .body("eraseAfter", nullValue());
    given()
        .get("/v1/collections/{c}/generations", collection)
        .then()
        .body("generations.generation", contains((int) second, (int) first))
        .body("next", nullValue());
  }

  @Test
  void documentThatIsNotLinkedOrFailsKeepsAGenerationFromBeingWhole() {
    long second = change("{\"gate\":{\"switch\":\"manual\"},\"edges\":{\"maxNeighbors\":3}}");
    Made.all(second);
    Database.execute(
        "update feature.document_state set state = 'failed' where generation_id = ?"
            + " and document_id = ?",
        second,
        Database.documentKey(collection, "a"));
    action(second, "switch").statusCode(409).body("detail", containsString("1 documents wait"));
    Database.execute(
        "update feature.document_state set next_attempt_at = now() where generation_id = ?",
        second);
    Database.execute(
        "delete from graph.node where generation_id = ? and document_id = ?",
        second,
        Database.documentKey(collection, "b"));
    action(second, "switch")
        .statusCode(409)
        .body("detail", containsString("1 documents failed"))
        .body("detail", containsString("The neighbours of 1 documents"));
    generation(second).body("state", is("building"));
  }

  @Test
  void documentWrittenDuringTheBuildHasToBeInBoth() {
    long second = change("{\"gate\":{\"switch\":\"manual\"},\"edges\":{\"maxNeighbors\":3}}");
    Made.all(second);
    Collections.put(collection, "c", "C");
    Database.execute(
        "update content.generation set created_at = created_at - interval '1 hour' where id = ?",
        second);
    Database.execute(
        "update content.document set updated_at = now() - interval '1 minute' where id = ?",
        Database.documentKey(collection, "c"));
    action(second, "switch").statusCode(409).body("detail", containsString("1 documents are"));
    Made.all(second);
    action(second, "switch").statusCode(200).body("state", is("active"));
  }

  @Test
  void editIsNoExcuseForADocumentThatWouldVanishByTheSwitch() {
    long second = change("{\"gate\":{\"switch\":\"manual\"},\"edges\":{\"maxNeighbors\":3}}");
    Made.allBut(second, "a");
    Database.execute(
        "update content.document set created_at = now() - interval '1 hour', updated_at = now(),"
            + " version = 2 where id in (?, ?)",
        Database.documentKey(collection, "a"),
        Database.documentKey(collection, "b"));
    // Of b its older version would be served meanwhile, of a nothing.
    action(second, "switch").statusCode(409).body("detail", containsString("1 documents are"));
  }

  @Test
  void generationIsSwitchedToWhileDocumentsAreWrittenAllTheTime() {
    long second = change(FEWER_EDGES);
    long end = System.nanoTime() + SOON.toNanos();
    for (int i = 0; Database.generation(collection) == first; i++) {
      assertTrue(System.nanoTime() < end, "not switched");
      Collections.put(collection, "new-" + i, "N");
      if (i % 20 == 0) {
        // Both lag behind, the building one as well.
        Made.all(first);
        Made.all(second);
      }
    }
    generation(second).body("state", is("active"));
  }

  @Test
  void recipeOfACollectionThatWasDeletedMeanwhileIsNotFound() {
    long id = Database.number("select id from content.collection where name = ?", collection);
    given().delete("/v1/collections/{c}", collection).then().statusCode(204);
    ProblemException gone =
        assertThrows(
            ProblemException.class,
            () -> book.read(new FoundCollection(id, collection, first), 0).await().atMost(SOON));
    assertEquals(404, gone.problem().status());
  }

  @Test
  void wrongParameterOfTheListIsNamed() {
    for (String before : List.of("x", "0", "-1")) {
      given()
          .queryParam("before", before)
          .get("/v1/collections/{c}/generations", collection)
          .then()
          .statusCode(400)
          .body("errors.field", contains("before"));
    }
  }

  @Test
  void sameRecipeMakesNothingAndAGateAloneIsWrittenIntoTheActiveGeneration() {
    put("{}", "").statusCode(200).body("generation", is((int) first));
    put("{\"gate\":{\"minOverlap\":0.5}}", "")
        .statusCode(200)
        .body("generation", is((int) first))
        .body("recipe.gate.minOverlap", is(0.5f))
        .body("written.gate.minOverlap", is(0.5f));
    put("\"default\"", "").statusCode(200).body("written", is("default"));
    assertEquals(1, generations());
  }

  @Test
  void rebuildMakesAGenerationAlthoughNothingChanged() {
    long second =
        put("{}", "?rebuild=true").statusCode(202).extract().jsonPath().getLong("generation");
    assertTrue(second > first);
    Made.all(second);
    awaitState(second, "active");
  }

  @Test
  void anotherRecipeTakesThePlaceOfTheOneThatIsBuilding() {
    long second = change(FEWER_EDGES);
    assertEquals(
        second, put(FEWER_EDGES, "").statusCode(200).extract().jsonPath().getLong("generation"));
    long third = change("{\"edges\":{\"maxNeighbors\":4}}");
    generation(second).body("state", is("cancelled")).body("eraseAfter", notNullValue());
    put("{}", "").statusCode(200).body("generation", is((int) first));
    generation(third).body("state", is("cancelled"));
  }

  @Test
  void pausedGenerationIsLeftAloneUntilItIsResumed() {
    long second = change(FEWER_EDGES);
    action(second, "pause").statusCode(200).body("paused", is(true));
    Made.all(second);
    await()
        .during(Duration.ofSeconds(1))
        .atMost(SOON)
        .until(() -> Database.generation(collection) == first);
    action(second, "resume").statusCode(200);
    awaitState(second, "active");
    for (String action : List.of("pause", "resume", "cancel", "evaluate")) {
      action(second, action).statusCode(409).body("detail", containsString("active"));
    }
    action(second, "switch").statusCode(200);
  }

  @Test
  void cancelledGenerationIsErasedAndNothingElseCanBecomeOfIt() {
    long second = change(FEWER_EDGES);
    action(second, "cancel").statusCode(200).body("state", is("cancelled"));
    action(second, "cancel").statusCode(200);
    for (String action : List.of("pause", "resume", "switch", "rollback")) {
      action(second, action).statusCode(409).body("detail", containsString("cancelled"));
    }
    given().get("/v1/collections/{c}", collection).then().body("building", nullValue());
    action(999_999_999, "pause").statusCode(404);
    given().get("/v1/collections/{c}/generations/x", collection).then().statusCode(404);
  }

  @Test
  void generationBelowItsGateWaitsWithItsReportAndCanBeForced() {
    storeQuery();
    Comparisons.answer(0.2);
    long second = change("{\"gate\":{\"minOverlap\":0.9},\"edges\":{\"maxNeighbors\":3}}");
    Made.all(second);
    await().atMost(SOON).untilAsserted(() -> generation(second).body("report.passed", is(false)));
    generation(second)
        .body("state", is("building"))
        .body("whole", is(true))
        .body("report.reasons", contains(containsString("overlap@10 of queries is 0.200")))
        .body("report.thresholds.minOverlap", is(0.9f));
    assertTrue(
        GraphServiceFake.lastRequest(Comparisons.PATH)
            .contains(
                "\"expected\":[{\"documentId\":%d,\"grade\":2}]"
                    .formatted(Database.documentKey(collection, "b"))),
        () -> GraphServiceFake.lastRequest(Comparisons.PATH));
    action(second, "switch")
        .statusCode(409)
        .body("type", is("urn:relata:problem:gate-not-passed"))
        .body("detail", containsString("overlap@10"));
    action(second, "switch?force=true").statusCode(200).body("state", is("active"));
  }

  @Test
  void switchIsTheUsersWhereTheGateSaysSo() {
    long second = change("{\"gate\":{\"switch\":\"manual\"},\"edges\":{\"maxNeighbors\":3}}");
    Made.all(second);
    await().atMost(SOON).untilAsserted(() -> generation(second).body("report", notNullValue()));
    generation(second).body("state", is("building")).body("report.passed", is(true));
    action(second, "switch").statusCode(200).body("state", is("active"));
  }

  @Test
  void reportOfAnUnfinishedGenerationDecidesNothing() {
    storeQuery();
    Comparisons.answer(0.2);
    long second =
        change(
            "{\"gate\":{\"switch\":\"manual\",\"minOverlap\":0.9},"
                + "\"edges\":{\"maxNeighbors\":3}}");
    action(second, "evaluate")
        .statusCode(200)
        .body("report.whole", is(false))
        .body("report.passed", is(false));
    Comparisons.answer(1);
    Made.all(second);
    action(second, "switch").statusCode(200).body("report.whole", is(true));
  }

  @Test
  void documentThatWouldDieByTheSwitchIsAReasonToWait() {
    long second = change(FEWER_EDGES);
    Made.allBut(second, "a");
    Made.dead(second, "a");
    await()
        .atMost(SOON)
        .untilAsserted(() -> generation(second).body("report.deadOnlyInNew", is(1)));
    action(second, "switch").statusCode(409).body("detail", containsString("1 documents"));
    action(second, "switch?force=true").statusCode(200);
  }

  @Test
  void withoutAComparisonNothingIsSwitched() {
    Comparisons.away();
    long second = change(FEWER_EDGES);
    Made.all(second);
    action(second, "evaluate").statusCode(503);
    action(second, "switch").statusCode(503);
    generation(second).body("state", is("building"));
    Comparisons.answer(1);
    awaitState(second, "active");
  }

  @Test
  void emptyCollectionHasNothingToCompare() {
    collection = Collections.create();
    Comparisons.away();
    long second = change(FEWER_EDGES);
    awaitState(second, "active");
    generation(second).body("report.notices", not(empty()));
  }

  @Test
  void rollbackIsAtOnceIfNothingWasWrittenSince() {
    long second = switched();
    action(first, "rollback").statusCode(200).body("state", is("active"));
    generation(second).body("state", is("retired")).body("eraseAfter", notNullValue());
    // Named by the active one, the one before is meant.
    action(first, "rollback").statusCode(200).body("generation", is((int) second));
  }

  @Test
  void rollbackCatchesUpWithWhatWasWrittenSince() {
    long second = switched();
    Collections.put(collection, "c", "C");
    Made.all(second);
    action(first, "rollback")
        .statusCode(202)
        .body("state", is("building"))
        .body("returning", is(true))
        .body("eraseAfter", nullValue());
    assertEquals(second, Database.generation(collection));
    action(first, "cancel").statusCode(200).body("state", is("retired"));
    action(first, "rollback").statusCode(202);
    Comparisons.away();
    Made.all(first);
    awaitState(first, "active");
  }

  @Test
  void forcedRollbackServesWhatThereIs() {
    switched();
    Collections.put(collection, "c", "C");
    action(first, "rollback?force=true").statusCode(200).body("state", is("active"));
  }

  @Test
  void whatIsAboutToBeErasedCannotBeServedAgain() {
    long second = switched();
    Database.execute(
        "update content.generation set erase_after = now() + interval '30 s' where id = ?", first);
    action(first, "rollback").statusCode(409).body("detail", containsString("erased"));
    generation(second).body("state", is("active"));
  }

  @Test
  void ofManyReplicasThatLookAtOnceOneSwitches() throws InterruptedException {
    long second = change("{\"edges\":{\"maxNeighbors\":3},\"gate\":{\"switch\":\"manual\"}}");
    Made.all(second);
    Database.execute(
        "update content.generation set report = null,"
            + " recipe = jsonb_set(recipe, '{gate,switch}', '\"automatic\"') where id = ?",
        second);
    long id = Database.number("select id from content.collection where name = ?", collection);
    Callable<Look.Found> replica =
        () -> look.at(new FoundCollection(id, collection, first), second).await().atMost(SOON);
    try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
      replicas
          .invokeAll(Stream.generate(() -> replica).limit(6).toList())
          .forEach(Future::resultNow);
    }
    awaitState(second, "active");
    assertEquals(
        1,
        Database.number(
            "select count(*) from content.generation where collection_id = ? and state = 'retired'",
            id));
  }

  @Test
  void everyChangeOfAGenerationIsTold() throws Exception {
    long id = Database.number("select id from content.collection where name = ?", collection);
    try (EventLog log = new EventLog(natsUrl)) {
      long second = change("{\"edges\":{\"maxNeighbors\":3},\"gate\":{\"switch\":\"manual\"}}");
      action(second, "pause").statusCode(200);
      action(second, "resume").statusCode(200);
      Made.all(second);
      action(second, "switch").statusCode(200);
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertEquals(
                      Map.of(second, 4L, first, 1L),
                      log.of(id).stream()
                          .map(received -> received.event().getGenerationId())
                          .filter(generation -> generation > 0)
                          .collect(Collectors.groupingBy(each -> each, Collectors.counting()))));
    }
  }

  @Test
  void recipeOfAnUnknownCollectionOrWithAWrongFieldIsRefused() {
    String known = collection;
    collection = "nowhere";
    put("{}", "").statusCode(404);
    collection = known;
    put("{\"split\":{\"mode\":\"lines\"},\"x\":1}", "")
        .statusCode(400)
        .body("errors.field", contains("split.mode", "x"));
    put("[]", "").statusCode(400);
    put("{}", "?dryRun=maybe").statusCode(400).body("errors.field", contains("dryRun"));
    assertEquals(1, generations());
  }

  private long switched() {
    long second = change(FEWER_EDGES);
    Made.all(second);
    awaitState(second, "active");
    return second;
  }

  private long change(String recipe) {
    return put(recipe, "")
        .statusCode(202)
        .header("Location", containsString("/generations/"))
        .body("state", is("building"))
        .extract()
        .jsonPath()
        .getLong("generation");
  }

  private ValidatableResponse put(String recipe, String query) {
    return given()
        .contentType(ContentType.JSON)
        .body(recipe)
        .put("/v1/collections/{c}/recipe" + query, collection)
        .then();
  }

  private ValidatableResponse generation(long id) {
    return given()
        .get("/v1/collections/{c}/generations/{g}", collection, id)
        .then()
        .statusCode(200);
  }

  private ValidatableResponse action(long id, String action) {
    return given().post("/v1/collections/{c}/generations/{g}/" + action, collection, id).then();
  }

  private void awaitState(long id, String state) {
    await().atMost(SOON).untilAsserted(() -> generation(id).body("state", is(state)));
  }

  private void storeQuery() {
    given()
        .contentType(ContentType.JSON)
        .body("{\"text\":\"where is b\",\"expected\":[{\"id\":\"b\",\"grade\":2},\"gone\"]}")
        .put("/v1/collections/{c}/queries/b", collection)
        .then()
        .statusCode(201);
  }

  private long generations() {
    return Database.number(
        """
        select count(*) from content.generation g
          join content.collection c on c.id = g.collection_id where c.name = ?""",
        collection);
  }
}
