package relata.graph.index;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.graph.database.Database;
import relata.graph.generation.Generations;
import relata.graph.sweep.Sweep;
import relata.graph.testing.BulkWriter;
import relata.graph.vector.Effort;
import relata.graph.vector.VectorIndex;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class TuningIT extends IndexSituation {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int DOCUMENTS = 4_000;

  /** Of a row at least, once it is sketched. */
  private static final long SKETCH_BYTES = 150;

  @Inject Database database;
  @Inject Generations generations;
  @Inject Efforts efforts;
  @Inject Tuner tuner;
  @Inject Sweep sweep;
  @Inject MeterRegistry meters;

  private void vectors() throws Exception {
    new BulkWriter(fixture.database(), DIMENSION, this::vector).store(generation, 1, DOCUMENTS);
    VectorIndex index = generations.find(generation.id()).orElseThrow().vectors();
    await().atMost(LIMIT).until(() -> index.size().heapBytes() > SKETCH_BYTES * DOCUMENTS);
  }

  private ValidatableResponse undo() {
    return given().contentType(ContentType.JSON).post(INDEX + "/undo", generation.id()).then();
  }

  private JsonPath ended() {
    await().atMost(LIMIT).until(() -> index().extract().path("runs[0].endedAt") != null);
    return index().statusCode(200).extract().jsonPath();
  }

  private JsonPath tuned(long seed) {
    int run = tune(Map.of("seed", seed)).statusCode(202).extract().path("id");
    JsonPath ended = ended();
    assertEquals(run, ended.getInt("runs[0].id"));
    return ended;
  }

  /** The efforts that were tried, and what they were worth; the last is first. */
  private List<?> sought(int run) {
    return given()
        .get(INDEX + "/trials?limit=100", generation.id())
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList(
            "trials.findAll { it.run == %d && it.purpose == 'seek' }".formatted(run)
                + ".collect { [it.effort.depth, it.recall.mean, it.recall.queries, it.held] }");
  }

  @Test
  void aCheaperEffortIsFoundFollowedUndoneAndFoundAgainFromTheSameSeed() throws Exception {
    vectors();
    queries(200);
    index()
        .statusCode(200)
        .body("kind", equalTo("embedded"))
        .body("documents", equalTo(DOCUMENTS))
        .body("dimension", equalTo(DIMENSION))
        .body("memory.heapBytes", greaterThanOrEqualTo(DOCUMENTS))
        .body("setting.effort.certain", equalTo(true))
        .body("setting.recall.mean", equalTo(1f))
        .body("minRecall", equalTo(0.95f))
        .body("neededQueries", equalTo(52))
        .body("latency", nullValue())
        .body("trials", hasSize(0));

    JsonPath first = tuned(42);
    assertEquals("promoted", first.getString("runs[0].state"), first.prettify());
    int run = first.getInt("runs[0].id");
    int depth = first.getInt("setting.effort.depth");
    assertTrue(depth >= 10 && depth < DOCUMENTS, "depth " + depth);
    assertTrue(first.getDouble("setting.recall.lower") >= 0.95);
    assertTrue(first.getInt("setting.recall.queries") >= 150);
    assertEquals(10, first.getInt("setting.maxDocuments"));
    assertTrue(first.getBoolean("previous.effort.certain"));
    assertTrue(first.getDouble("latency.p50Millis") > 0);
    assertEquals("confirm", first.getString("trials[0].purpose"));
    assertTrue(first.getDouble("trials[0].ratio") < 0.9);
    assertTrue(
        meters.counter("relata.tune.trials", "purpose", "confirm", "outcome", "held").count() > 0);

    Effort chosen = new Effort(Effort.ALL, depth);
    assertEquals(chosen, efforts.of(generation.id(), 10));
    assertEquals(Effort.CERTAIN, efforts.of(generation.id(), 11), "never measured with so many");
    Efforts otherReplica = new Efforts(database, generations, TuneConfigs.with(Map.of()), meters);
    assertEquals(Effort.CERTAIN, otherReplica.of(generation.id(), 10));
    otherReplica.follow();
    assertEquals(chosen, otherReplica.of(generation.id(), 10));

    given()
        .get(INDEX + "/runs/{run}/replay", generation.id(), run)
        .then()
        .statusCode(200)
        .body("same", equalTo(true))
        .body("outcome", equalTo("promoted"))
        .body("effort.depth", equalTo(depth));

    undo()
        .statusCode(200)
        .body("setting.effort.certain", equalTo(true))
        .body("setting.reason", equalTo("undone"))
        .body("previous", nullValue());
    assertEquals(Effort.CERTAIN, efforts.of(generation.id(), 10));
    undo().statusCode(409).body("detail", containsString("no promotion"));

    int again = tuned(42).getInt("runs[0].id");
    assertNotEquals(run, again);
    assertEquals(sought(run), sought(again));
    assertTrue(sought(run).size() > 1);
  }

  @Test
  void whatServesAndDoesNotHoldItsBarFallsBackToCertainty() throws Exception {
    vectors();
    queries(200);
    fixture.run(
        """
        insert into graph.index_setting (generation_id, place, depth, max_documents, recall,
                                         recall_lower, queries, reason)
        values (?, 'current', 10, 10, 1, 0.98, 200, 'promoted')""",
        generation.id());
    efforts.follow();
    assertEquals(10, efforts.of(generation.id(), 10).depth());
    var unused = tuner.request();
    JsonPath ended = ended();
    assertEquals("check", ended.getString("runs[0].cause"));
    assertEquals("fell_back", ended.getString("runs[0].state"), ended.getString("runs[0].detail"));
    assertTrue(ended.getBoolean("setting.effort.certain"));
    assertEquals("fell_back", ended.getString("setting.reason"));
    assertEquals("check", ended.getString("trials[0].purpose"));
    assertEquals(Effort.CERTAIN, efforts.of(generation.id(), 10));
  }

  @Test
  void aBarThatIsRaisedCountsAtOnce() throws Exception {
    fixture.store(generation, 1, 1, new float[] {1, 0});
    generations.find(generation.id());
    fixture.run(
        """
        insert into graph.index_setting (generation_id, place, depth, max_documents, recall,
                                         recall_lower, queries, measured_at, reason)
        values (?, 'current', 64, 10, 1, 0.96, 200, now(), 'promoted')""",
        generation.id());
    efforts.follow();
    assertEquals(64, efforts.of(generation.id(), 10).depth());
    bar(0.97);
    efforts.follow();
    assertEquals(Effort.CERTAIN, efforts.of(generation.id(), 10));
    index().body("setting.held", equalTo(false)).body("minRecall", equalTo(0.97f));
    bar(0.9);
    efforts.follow();
    assertEquals(64, efforts.of(generation.id(), 10).depth());
  }

  @Test
  void nothingBeginsWhileTheLiveLoadIsHigh() throws Exception {
    vectors();
    queries(60);
    TuneConfig config = TuneConfigs.with(Map.of("relata.tune.look", "PT0.05S"));
    LiveLoad load = new LiveLoad(config);
    LiveLoad.Searching one = load.searching();
    LiveLoad.Searching two = load.searching();
    Tuner busy = new Tuner(database, generations, efforts, sample, load, config, meters);
    // The application's own tuner has been told of nothing, and looks once an hour.
    fixture.run(
        "insert into graph.tuning_run (generation_id, cause, seed, min_recall)"
            + " values (?, 'hand', 1, 0.95)",
        generation.id());
    busy.start();
    try {
      var unused = busy.request();
      await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(10))
          .until(() -> index().extract().path("runs[0].state").equals("waiting"));
      one.close();
      two.close();
      assertTrue(List.of("promoted", "kept").contains(ended().getString("runs[0].state")));
    } finally {
      busy.stop();
    }
  }

  @Test
  void aRunWhoseReplicaStoppedIsGivenUp() throws Exception {
    fixture.run(
        """
        insert into graph.tuning_run (generation_id, cause, seed, min_recall, replica, lease_until)
        values (?, 'hand', 1, 0.95, gen_random_uuid(), now() - interval '1 second')""",
        generation.id());
    var unused = tuner.request();
    JsonPath ended = ended();
    assertEquals("abandoned", ended.getString("runs[0].state"));
  }

  @Test
  void allOfItIsErasedWithTheGeneration() throws Exception {
    queries(3);
    fixture.run(
        """
        with s as (insert into graph.index_setting (generation_id, place, depth, max_documents,
                                                    recall, recall_lower, queries, reason)
                   values (?, 'current', 64, 10, 1, 0.96, 200, 'promoted')),
             t as (insert into graph.tuning_trial
                   select 1, n, ?, 'seek', null, 16, null, null, true, 1, 0.98, 0.5, 1, 1, 1, 1, 1,
                          1, 1, array[1], array[1], array[1] from generate_series(1, 29) n)
        insert into graph.tuning_run (generation_id, cause, seed, min_recall)
        values (?, 'hand', 1, 0.95)""",
        generation.id(),
        generation.id(),
        generation.id());
    assertNotEquals(0, rows());
    fixture.deleteCollection(generation);
    committer.eraseIfGone(generation.id());
    assertEquals(0, rows());
    // Of a search that was under way.
    queries(1);
    assertEquals(1, rows());
    sweep.run();
    assertEquals(0, rows());
  }

  private long rows() throws Exception {
    long id = generation.id();
    return fixture.number(
        """
        select (select count(*) from graph.query_sample where generation_id = ?)
             + (select count(*) from graph.index_setting where generation_id = ?)
             + (select count(*) from graph.tuning_trial where generation_id = ?)
             + (select count(*) from graph.tuning_run where generation_id = ?)""",
        id,
        id,
        id,
        id);
  }
}
