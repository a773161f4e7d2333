package relata.graph.index;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.nats.client.Connection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.graph.database.Database;
import relata.graph.edges.EdgeCommitter;
import relata.graph.testing.BulkWriter;
import relata.graph.testing.Fixture;
import relata.graph.testing.QueryWorker;
import relata.graph.tune.Recall;
import relata.local.testing.BackendsResource;
import relata.local.testing.Patiently;

/** What users ask, and what they stored to compare by, is what runs measure with. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class SampledQueriesIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int DIMENSION = 8;
  private static final int WANTED = 20;

  /** No more than a replica takes at once, and enough although some are drawn the same place. */
  private static final List<String> TEXTS =
      IntStream.range(0, 100).mapToObj(i -> "query " + i).toList();

  @Inject Database database;
  @Inject EdgeCommitter committer;
  @Inject Tuner tuner;

  private Fixture fixture;
  private Connection nats;
  private Fixture.Generation generation;
  private Fixture.Generation candidate;

  @BeforeEach
  void twoGenerations() throws Exception {
    fixture = new Fixture();
    nats = Patiently.connect(ConfigProvider.getConfig().getValue("RELATA_NATS_URL", String.class));
    QueryWorker.start(
        nats, query -> QueryWorker.vector(vector(query.getGenerationId(), query.getText())));
    generation = fixture.generation(0.9, 3);
    candidate = fixture.building(generation);
    for (Fixture.Generation one : List.of(generation, candidate)) {
      new BulkWriter(fixture.database(), DIMENSION).store(one, 1, 200);
    }
  }

  @AfterEach
  void erase() throws Exception {
    fixture.deleteCollection(generation);
    fixture.run("delete from feature.chunk where generation_id = ?", candidate.id());
    fixture.run("delete from feature.document_state where generation_id = ?", candidate.id());
    committer.eraseIfGone(generation.id());
    committer.eraseIfGone(candidate.id());
    nats.close();
    fixture.close();
  }

  /** As the model of the generation has it. */
  private static float[] vector(long generationId, String text) {
    Random random = new Random(31 * generationId + text.hashCode());
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static ValidatableResponse post(String path, Map<String, ?> body) {
    return given().contentType(ContentType.JSON).body(body).post("/internal" + path).then();
  }

  private void search(Map<String, ?> body) {
    post("/generations/%d/search".formatted(generation.id()), body).statusCode(200);
  }

  private List<SampledQuery> sample(Fixture.Generation of) {
    return database.transaction(session -> QuerySample.read(session, of.id()));
  }

  /** Until all that was offered is there. */
  private void awaitSample(Fixture.Generation of, long least) throws Exception {
    tuner.request().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertTrue(sample(of).size() >= least, () -> sample(of).size() + " sampled");
  }

  private static Set<String> vectors(List<SampledQuery> sample) {
    return sample.stream()
        .map(query -> Arrays.toString(query.vector()))
        .collect(Collectors.toSet());
  }

  /** A run measures with all there are, and these are the texts' vectors. */
  private void assertMeasuredBy(Fixture.Generation of) throws Exception {
    awaitSample(of, Recall.queriesFor(0.95));
    post("/generations/%d/index/tune".formatted(of.id()), Map.of()).statusCode(202);
    await().atMost(LIMIT).until(() -> index(of).getString("runs[0].endedAt") != null);
    JsonPath ended = index(of);
    assertTrue(
        List.of("promoted", "kept").contains(ended.getString("runs[0].state")), ended.prettify());
    List<SampledQuery> sample = sample(of);
    assertEquals(sample.size(), ended.getInt("trials[0].plannedQueries"));
    Set<String> asked =
        vectors(
            TEXTS.stream().map(text -> new SampledQuery(vector(of.id(), text), WANTED)).toList());
    assertTrue(asked.containsAll(vectors(sample)));
    assertTrue(sample.stream().allMatch(query -> query.maxDocuments() == WANTED));
  }

  private static JsonPath index(Fixture.Generation of) {
    return given().get("/internal/generations/{g}/index", of.id()).jsonPath();
  }

  private long stored(Fixture.Generation of) throws Exception {
    return fixture.number(
        "select count(*) from graph.query_sample where generation_id = ? and stored", of.id());
  }

  @Test
  void whatIsSearchedForIsMeasuredBy() throws Exception {
    for (String text : TEXTS) {
      search(Map.of("text", text, "mode", "semantic", "depth", WANTED));
    }
    assertMeasuredBy(generation);
    assertEquals(0, stored(generation));
  }

  @Test
  void searchesThatNoEffortIsChosenForAreNotMeasuredBy() throws Exception {
    search(Map.of("text", "by words", "mode", "lexical"));
    search(Map.of("like", 1));
    search(Map.of("text", "filtered", "filter", Map.of("kinds", List.of("title"))));
    search(Map.of("text", "plain"));
    awaitSample(generation, 1);
    assertEquals(
        vectors(List.of(new SampledQuery(vector(generation.id(), "plain"), WANTED))),
        vectors(sample(generation)));
  }

  @Test
  void whatGenerationsAreComparedByIsMeasuredByThoughNobodySearched() throws Exception {
    post(
            "/comparisons",
            Map.of(
                "current", generation.id(),
                "candidate", candidate.id(),
                "k", WANTED,
                "documentIds", List.of(),
                "queries", TEXTS.stream().map(text -> Map.of("text", text)).toList()))
        .statusCode(200)
        .body("queries.count", equalTo(TEXTS.size()));
    assertMeasuredBy(generation);
    assertEquals(sample(generation).size(), stored(generation));
    // Who switches to what was compared need not wait for searches until it is tuned.
    fixture.state(generation, "retired");
    fixture.state(candidate, "active");
    assertMeasuredBy(candidate);
    assertEquals(sample(candidate).size(), stored(candidate));
  }
}
