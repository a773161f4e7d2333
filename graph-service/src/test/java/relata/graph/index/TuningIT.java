package relata.graph.index;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.graph.database.Database;
import relata.graph.edges.EdgeCommitter;
import relata.graph.generation.Generations;
import relata.graph.sweep.Sweep;
import relata.graph.testing.BulkWriter;
import relata.graph.testing.Fixture;
import relata.graph.vector.Effort;
import relata.graph.vector.VectorIndex;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class TuningIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int DOCUMENTS = 4_000;
  private static final int DIMENSION = 768;
  private static final int PRINCIPAL = 60;
  private static final double REST = Math.sqrt((double) PRINCIPAL / (DIMENSION - PRINCIPAL));

  /** Of a row at least, once it is sketched. */
  private static final long SKETCH_BYTES = 150;

  private static final String INDEX = "/internal/generations/{g}/index";

  @Inject Database database;
  @Inject Generations generations;
  @Inject EdgeCommitter committer;
  @Inject Efforts efforts;
  @Inject QuerySample sample;
  @Inject Tuner tuner;
  @Inject Sweep sweep;
  @Inject MeterRegistry meters;

  private final Random random = new Random(3);
  private Fixture fixture;
  private Fixture.Generation generation;

  @BeforeEach
  void generation() throws Exception {
    fixture = new Fixture();
    generation = fixture.generation(0.9, 3);
  }

  @AfterEach
  void erase() throws Exception {
    fixture.deleteCollection(generation);
    committer.eraseIfGone(generation.id());
    fixture.close();
  }

  /**
   * As far apart in few directions, which a sketch knows well, as in all others together: to be
   * right takes few comparisons, and to be certain nearly all.
   */
  private float[] vector() {
    float[] vector = new float[DIMENSION];
    for (int at = 0; at < DIMENSION; at++) {
      vector[at] = (float) (random.nextGaussian() * (at < PRINCIPAL ? 1 : REST));
    }
    return vector;
  }

  private void vectors() throws Exception {
    new BulkWriter(fixture.database(), DIMENSION, this::vector).store(generation, 1, DOCUMENTS);
    VectorIndex index = generations.find(generation.id()).orElseThrow().vectors();
    await().atMost(LIMIT).until(() -> index.size().heapBytes() > SKETCH_BYTES * DOCUMENTS);
  }

  private void queries(int count) {
    for (int i = 0; i < count; i++) {
      sample.offerStored(generation.id(), "query " + i, vector(), 10);
    }
    sample.flush();
  }

  private ValidatableResponse index() {
    return given().get(INDEX, generation.id()).then();
  }

  private ValidatableResponse tune(Object body) {
    return given()
        .contentType(ContentType.JSON)
        .body(body)
        .post(INDEX + "/tune", generation.id())
        .then();
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
    Efforts otherReplica = new Efforts(database, generations, config(Map.of()), meters);
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
    tuner.request();
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

  private void bar(double minRecall) throws Exception {
    fixture.run(
        "update content.collection set min_recall = ? where id = ?",
        minRecall,
        generation.collectionId());
  }

  @Test
  void nothingBeginsWhileTheLiveLoadIsHigh() throws Exception {
    vectors();
    queries(60);
    TuneConfig config = config(Map.of("relata.tune.look", "PT0.05S"));
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
      busy.request();
      await()
          .during(Duration.ofSeconds(1))
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
    tuner.request();
    JsonPath ended = ended();
    assertEquals("abandoned", ended.getString("runs[0].state"));
  }

  @Test
  void aRunIsRefusedWithTheReason() throws Exception {
    fixture.store(generation, 1, 1, new float[] {1, 0});
    queries(51);
    tune("{}").statusCode(409).body("detail", containsString("51 queries"));
    queries(60);
    bar(1);
    tune("{}").statusCode(409).body("detail", containsString("minRecall is 1"));
    bar(0.95);
    fixture.run(
        """
        insert into graph.tuning_run (generation_id, cause, seed, min_recall, replica, lease_until)
        values (?, 'hand', 1, 0.95, gen_random_uuid(), now() + interval '1 hour')""",
        generation.id());
    tune("{}").statusCode(409).body("detail", containsString("under way"));
    fixture.run("delete from graph.tuning_run where generation_id = ?", generation.id());
    fixture.run(
        """
        insert into graph.tuning_trial
        select 0, n, ?, 'seek', null, 16, null, null, true, 1, 0.98, 0.5, 1, 1, 1, 1, 1, 1, 1,
               array[1], array[1], array[1], now() - n * interval '1 minute'
          from generate_series(1, 29) n""",
        generation.id());
    index().body("trialsLeft", equalTo(1));
    tune("{}").statusCode(409).body("detail", containsString("within the last hour"));
    fixture.state(generation, "retired");
    tune("{}").statusCode(409).body("detail", containsString("served"));
    fixture.state(generation, "active");
  }

  @Test
  void anIndexThatIsNotHereIsNotTuned() throws Exception {
    fixture.keptIn(generation, "opensearch");
    index()
        .statusCode(200)
        .body("kind", equalTo("opensearch"))
        .body("setting", nullValue())
        .body("neededQueries", nullValue());
    tune("{}").statusCode(409).body("detail", containsString("OpenSearch"));
    fixture.keptIn(generation, "embedded");
    index().body("kind", equalTo("embedded")).body("setting.effort.certain", equalTo(true));
  }

  @Test
  void theJournalIsReadInPages() throws Exception {
    fixture.run(
        """
        insert into graph.tuning_trial
        select 7, n, ?, 'seek', null, 16, null, null, true, 1, 0.98, 0.5, 1, 1, 1, 1, 1, 1, 1,
               array[1], array[1], array[1], now() - interval '2 hours'
          from generate_series(1, 3) n""",
        generation.id());
    String next =
        given()
            .get(INDEX + "/trials?limit=2", generation.id())
            .then()
            .statusCode(200)
            .body("trials.id", equalTo(List.of("7.3", "7.2")))
            .extract()
            .path("next");
    given()
        .get(INDEX + "/trials?limit=2&after=" + next, generation.id())
        .then()
        .body("trials.id", equalTo(List.of("7.1")))
        .body("next", nullValue());
    given().get(INDEX + "/trials?limit=0", generation.id()).then().statusCode(400);
    given().get(INDEX + "/trials?after=x", generation.id()).then().statusCode(400);
  }

  @Test
  void badRequestsNameWhatIsWrong() {
    tune("{\"seed\":-1}").statusCode(400).body("detail", containsString("\"seed\""));
    tune("{\"sed\":1}").statusCode(400).body("detail", containsString("sed"));
    given().get(INDEX, 999_999_999).then().statusCode(404);
    given()
        .contentType(ContentType.JSON)
        .body("{}")
        .post(INDEX + "/tune", 999_999_999)
        .then()
        .statusCode(404);
    given().get(INDEX + "/runs/1/replay", generation.id()).then().statusCode(404);
  }

  @Test
  void whatIsKeptOfQueriesIsBoundedAndForgottenWithTime() throws Exception {
    QuerySample small =
        new QuerySample(
            database,
            config(Map.of("relata.tune.sample-slots", "5", "relata.tune.sample-at-once", "3")));
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 50; i++) {
        small.offer(generation.id(), new float[] {round, i}, 10);
        small.offerStored(generation.id(), "text " + i, new float[] {i, round}, 10);
      }
      small.flush();
    }
    assertEquals(10, samples());
    fixture.run(
        "update graph.query_sample set sampled_at = now() - interval '31 days'"
            + " where generation_id = ? and slot < 2",
        generation.id());
    small.forget();
    assertEquals(6, samples());
    QuerySample none = new QuerySample(database, config(Map.of("relata.tune.sample-slots", "0")));
    none.offer(generation.id(), new float[] {1, 1}, 10);
    none.offerStored(generation.id(), "text", new float[] {1, 1}, 10);
    none.flush();
    assertEquals(6, samples());
  }

  private long samples() throws Exception {
    return fixture.number(
        "select count(*) from graph.query_sample where generation_id = ?", generation.id());
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

  private static TuneConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(TuneConfig.class)
        .withDefaultValues(settings)
        .build()
        .getConfigMapping(TuneConfig.class);
  }
}
