package relata.api.generation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import relata.api.collection.FoundCollection;
import relata.api.outbox.EventLog;
import relata.api.problem.ProblemException;
import relata.api.tenant.Tenant;
import relata.api.tenant.TenantWork;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.api.testing.FastConductor;
import relata.api.testing.GenerationCalls;
import relata.api.testing.GraphServiceFake;
import relata.api.testing.Made;
import relata.api.testing.ServedCollection;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(GraphServiceFake.class)
@QuarkusTestResource(FastConductor.class)
class GenerationIT extends ServedCollection {
  private static final Duration SOON = Duration.ofMinutes(1);

  @Inject TenantWork tenants;
  @Inject Look look;
  @Inject GenerationBook book;
  @Inject Surrender surrender;

  @ConfigProperty(name = "RELATA_NATS_URL")
  String natsUrl;

  @Test
  void newRecipeIsBuiltInTheShadowAndSwitchedToWhenWhole() {
    long second = calls.change(FEWER_EDGES);
    calls
        .generation(second)
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
    calls.awaitState(second, "active");
    calls
        .generation(first)
        .body("state", is("retired"))
        .body("retiredAt", notNullValue())
        .body("eraseAfter", notNullValue());
    calls
        .generation(second)
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
  void recipeOfACollectionThatWasDeletedMeanwhileIsNotFound() {
    FoundCollection found = found();
    given().delete("/v1/collections/{c}", collection).then().statusCode(204);
    ProblemException gone =
        assertThrows(
            ProblemException.class, () -> asOwner(() -> book.read(found, 0)).await().atMost(SOON));
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
    calls.put("{}", "").statusCode(200).body("generation", is((int) first));
    calls
        .put("{\"gate\":{\"minOverlap\":0.5}}", "")
        .statusCode(200)
        .body("generation", is((int) first))
        .body("recipe.gate.minOverlap", is(0.5f))
        .body("written.gate.minOverlap", is(0.5f));
    calls.put("\"default\"", "").statusCode(200).body("written", is("default"));
    assertEquals(1, generations());
  }

  @Test
  void rebuildMakesAGenerationAlthoughNothingChanged() {
    long second =
        calls.put("{}", "?rebuild=true").statusCode(202).extract().jsonPath().getLong("generation");
    assertTrue(second > first);
    Made.all(second);
    calls.awaitState(second, "active");
  }

  @Test
  void anotherRecipeTakesThePlaceOfTheOneThatIsBuilding() {
    long second = calls.change(FEWER_EDGES);
    assertEquals(
        second,
        calls.put(FEWER_EDGES, "").statusCode(200).extract().jsonPath().getLong("generation"));
    long third = calls.change("{\"edges\":{\"maxNeighbors\":4}}");
    calls.generation(second).body("state", is("cancelled")).body("eraseAfter", notNullValue());
    calls.put("{}", "").statusCode(200).body("generation", is((int) first));
    calls.generation(third).body("state", is("cancelled"));
  }

  @Test
  void pausedGenerationIsLeftAloneUntilItIsResumed() {
    long second = calls.change(FEWER_EDGES);
    calls.action(second, "pause").statusCode(200).body("paused", is(true));
    Made.all(second);
    await()
        .during(Duration.ofSeconds(1))
        .atMost(SOON)
        .until(() -> Database.generation(collection) == first);
    calls.action(second, "resume").statusCode(200);
    calls.awaitState(second, "active");
    for (String action : List.of("pause", "resume", "cancel", "evaluate")) {
      calls.action(second, action).statusCode(409).body("detail", containsString("active"));
    }
    calls.action(second, "switch").statusCode(200);
  }

  @Test
  void cancelledGenerationIsErasedAndNothingElseCanBecomeOfIt() {
    long second = calls.change(FEWER_EDGES);
    calls.action(second, "cancel").statusCode(200).body("state", is("cancelled"));
    calls.action(second, "cancel").statusCode(200);
    for (String action : List.of("pause", "resume", "switch", "rollback")) {
      calls.action(second, action).statusCode(409).body("detail", containsString("cancelled"));
    }
    given().get("/v1/collections/{c}", collection).then().body("building", nullValue());
    calls.action(999_999_999, "pause").statusCode(404);
    given().get("/v1/collections/{c}/generations/x", collection).then().statusCode(404);
  }

  @Test
  void generationOfWhichEveryDocumentDiesFailsWithTheCommonestReasonAndServesNothing() {
    Collections.put(collection, "c", "C");
    Made.all(first);
    long second = calls.change(FEWER_EDGES);
    // Nobody looks at it before it is known what they died of.
    calls.action(second, "pause").statusCode(200);
    for (String id : List.of("a", "b", "c")) {
      Made.dead(second, id);
    }
    Database.execute(
        """
        update feature.document_state as s
           set error_code = case when d.external_id = 'b' then 'other' else 'refused' end,
               error = case when d.external_id = 'b' then 'Another.' else 'The model says no' end
          from content.document d where d.id = s.document_id and s.generation_id = ?""",
        second);
    calls.action(second, "resume").statusCode(200);
    calls.awaitState(second, "failed");
    calls
        .generation(second)
        .body(
            "failure", containsString("3 are dead, 2 of them for this reason: The model says no."))
        .body("eraseAfter", notNullValue());
    assertEquals(first, Database.generation(collection));
    for (String action : List.of("resume", "cancel", "switch?force=true", "rollback")) {
      calls.action(second, action).statusCode(409).body("detail", containsString("failed"));
    }
    long third = calls.change(FEWER_EDGES);
    Made.all(third);
    calls.awaitState(third, "active");
    calls.generation(third).body("failure", nullValue());
  }

  @Test
  void generationThatMayStillBecomeSomethingIsNotGivenUp() {
    long second = calls.change(FEWER_EDGES);
    Made.dead(second, "a");
    assertEquals(false, asOwner(() -> surrender.ifHopeless(found(), second)).await().atMost(SOON));
    calls.action(second, "pause").statusCode(200);
    Made.dead(second, "b");
    assertEquals(false, asOwner(() -> surrender.ifHopeless(found(), second)).await().atMost(SOON));
    calls.generation(second).body("state", is("building"));
  }

  @Test
  void ofManyReplicasThatLookAtOnceOneSwitches() throws InterruptedException {
    long second = calls.change("{\"edges\":{\"maxNeighbors\":3},\"gate\":{\"switch\":\"manual\"}}");
    Made.all(second);
    Database.execute(
        "update content.generation set report = null,"
            + " recipe = jsonb_set(recipe, '{gate,switch}', '\"automatic\"') where id = ?",
        second);
    long id = Database.number("select id from content.collection where name = ?", collection);
    Callable<Look.Found> replica =
        () ->
            asOwner(() -> look.at(new FoundCollection(id, collection, first), second))
                .await()
                .atMost(SOON);
    try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
      replicas
          .invokeAll(Stream.generate(() -> replica).limit(6).toList())
          .forEach(Future::resultNow);
    }
    calls.awaitState(second, "active");
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
      long second =
          calls.change("{\"edges\":{\"maxNeighbors\":3},\"gate\":{\"switch\":\"manual\"}}");
      calls.action(second, "pause").statusCode(200);
      calls.action(second, "resume").statusCode(200);
      Made.all(second);
      calls.action(second, "switch").statusCode(200);
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
    new GenerationCalls("nowhere").put("{}", "").statusCode(404);
    calls
        .put("{\"split\":{\"mode\":\"lines\"},\"x\":1}", "")
        .statusCode(400)
        .body("errors.field", contains("split.mode", "x"));
    calls.put("[]", "").statusCode(400);
    calls.put("{}", "?dryRun=maybe").statusCode(400).body("errors.field", contains("dryRun"));
    assertEquals(1, generations());
  }

  private FoundCollection found() {
    long id = Database.number("select id from content.collection where name = ?", collection);
    return new FoundCollection(id, collection, first);
  }

  private long generations() {
    return Database.number(
        """
        select count(*) from content.generation g
          join content.collection c on c.id = g.collection_id where c.name = ?""",
        collection);
  }

  private <T> Uni<T> asOwner(Supplier<Uni<T>> work) {
    return tenants.of(Tenant.OF_OPEN_ACCESS, work);
  }
}
