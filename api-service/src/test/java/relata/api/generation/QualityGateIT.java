package relata.api.generation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Comparisons;
import relata.api.testing.Database;
import relata.api.testing.FastConductor;
import relata.api.testing.GenerationCalls;
import relata.api.testing.GraphServiceFake;
import relata.api.testing.Made;
import relata.api.testing.ServedCollection;
import relata.local.testing.BackendsResource;

/** What a generation must show before it is switched to. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(GraphServiceFake.class)
@QuarkusTestResource(FastConductor.class)
class QualityGateIT extends ServedCollection {
  private static final Duration SOON = Duration.ofMinutes(1);

  @Test
  void generationBelowItsGateWaitsWithItsReportAndCanBeForced() {
    storeQuery();
    Comparisons.answer(0.2);
    long second = calls.change("{\"gate\":{\"minOverlap\":0.9},\"edges\":{\"maxNeighbors\":3}}");
    Made.all(second);
    await()
        .atMost(SOON)
        .untilAsserted(() -> calls.generation(second).body("report.passed", is(false)));
    calls
        .generation(second)
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
    calls
        .action(second, "switch")
        .statusCode(409)
        .body("type", is("urn:relata:problem:gate-not-passed"))
        .body("detail", containsString("overlap@10"));
    calls.action(second, "switch?force=true").statusCode(200).body("state", is("active"));
  }

  @Test
  void switchIsTheUsersWhereTheGateSaysSo() {
    long second = calls.change("{\"gate\":{\"switch\":\"manual\"},\"edges\":{\"maxNeighbors\":3}}");
    Made.all(second);
    await()
        .atMost(SOON)
        .untilAsserted(() -> calls.generation(second).body("report", notNullValue()));
    calls.generation(second).body("state", is("building")).body("report.passed", is(true));
    calls.action(second, "switch").statusCode(200).body("state", is("active"));
  }

  @Test
  void reportOfAnUnfinishedGenerationDecidesNothing() {
    storeQuery();
    Comparisons.answer(0.2);
    long second =
        calls.change(
            "{\"gate\":{\"switch\":\"manual\",\"minOverlap\":0.9},"
                + "\"edges\":{\"maxNeighbors\":3}}");
    calls
        .action(second, "evaluate")
        .statusCode(200)
        .body("report.whole", is(false))
        .body("report.passed", is(false));
    Comparisons.answer(1);
    Made.all(second);
    calls.action(second, "switch").statusCode(200).body("report.whole", is(true));
  }

  @Test
  void documentThatWouldDieByTheSwitchIsAReasonToWait() {
    long second = calls.change(FEWER_EDGES);
    Made.allBut(second, "a");
    Made.dead(second, "a");
    await()
        .atMost(SOON)
        .untilAsserted(() -> calls.generation(second).body("report.deadOnlyInNew", is(1)));
    calls.action(second, "switch").statusCode(409).body("detail", containsString("1 documents"));
    calls.action(second, "switch?force=true").statusCode(200);
  }

  @Test
  void withoutAComparisonNothingIsSwitched() {
    Comparisons.away();
    long second = calls.change(FEWER_EDGES);
    Made.all(second);
    calls.action(second, "evaluate").statusCode(503);
    calls.action(second, "switch").statusCode(503);
    calls.generation(second).body("state", is("building"));
    Comparisons.answer(1);
    calls.awaitState(second, "active");
  }

  @Test
  void emptyCollectionHasNothingToCompare() {
    collection = Collections.create();
    calls = new GenerationCalls(collection);
    Comparisons.away();
    long second = calls.change(FEWER_EDGES);
    calls.awaitState(second, "active");
    calls.generation(second).body("report.notices", not(empty()));
  }

  @Test
  void judgedQueriesAreComparedFirstAndTheReportSaysHowManyWereLeftOut() {
    storeQuery("a1", "unjudged one", "");
    storeQuery("a2", "expects what is gone", "\"gone\"");
    storeQuery("a3", "unjudged other", "");
    storeQuery();
    long second = calls.change("{\"gate\":{\"switch\":\"manual\"},\"edges\":{\"maxNeighbors\":3}}");
    calls
        .action(second, "evaluate")
        .statusCode(200)
        .body("report.notices", contains(containsString("2 queries were left out")));
    String request = GraphServiceFake.lastRequest(Comparisons.PATH);
    assertTrue(request.contains("where is b"), request);
    assertTrue(request.contains("unjudged one"), request);
  }

  private void storeQuery() {
    storeQuery("b", "where is b", "{\"id\":\"b\",\"grade\":2},\"gone\"");
  }

  private void storeQuery(String name, String text, String expected) {
    given()
        .contentType(ContentType.JSON)
        .body("{\"text\":\"%s\",\"expected\":[%s]}".formatted(text, expected))
        .put("/v1/collections/{c}/queries/{q}", collection, name)
        .then()
        .statusCode(201);
  }
}
