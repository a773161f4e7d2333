package relata.graph.compare;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static relata.contracts.v1.EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_MODEL_UNAVAILABLE;

import io.nats.client.Connection;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.graph.edges.EdgeCommitter;
import relata.graph.testing.Fixture;
import relata.graph.testing.QueryWorker;
import relata.local.testing.BackendsResource;
import relata.local.testing.Patiently;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class ComparisonIT {
  private static final Set<Long> ALL = Set.of(1L, 2L, 3L, 4L);

  @Inject EdgeCommitter committer;

  private Fixture fixture;
  private Connection nats;
  private Fixture.Generation current;
  private Fixture.Generation candidate;

  /** 4 is close to 1 and 2 in the current generation, and to 3 in the candidate. */
  @BeforeEach
  void twoGenerations() throws Exception {
    fixture = new Fixture();
    nats = Patiently.connect(ConfigProvider.getConfig().getValue("RELATA_NATS_URL", String.class));
    current = fixture.generation(0.9, 3);
    candidate = fixture.building(current);
    for (Fixture.Generation generation : List.of(current, candidate)) {
      fixture.store(generation, 1, 1, new float[] {1, 0});
      fixture.store(generation, 2, 1, new float[] {1, 0.1f});
      fixture.store(generation, 3, 1, new float[] {0, 1});
    }
    fixture.store(current, 4, 1, new float[] {1, 0.2f});
    fixture.store(candidate, 4, 1, new float[] {0.2f, 1});
    committer.commit(current.id(), ALL);
    committer.commit(candidate.id(), ALL);
  }

  @AfterEach
  void close() throws Exception {
    nats.close();
    fixture.close();
  }

  private static ValidatableResponse compare(Map<String, Object> body) {
    return given()
        .config(
            RestAssuredConfig.config()
                .jsonConfig(
                    JsonConfig.jsonConfig()
                        .numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE)))
        .contentType(ContentType.JSON)
        .body(body)
        .post("/internal/comparisons")
        .then();
  }

  private ValidatableResponse compareBoth(int k, List<Integer> documents, List<?> queries) {
    return compare(
        Map.of(
            "current", current.id(),
            "candidate", candidate.id(),
            "k", k,
            "documentIds", documents,
            "queries", queries));
  }

  /** Of 1 to 4 with k = 2: {2,4}/{2,4}, {1,4}/{1,4}, {4,2}/{4,2}, {2,1}/{3,2}. */
  @Test
  void documentsAreComparedByTheirMostSimilar() {
    compareBoth(2, List.of(1, 2, 3, 4, 77), List.of())
        .statusCode(200)
        .body("documents.count", equalTo(4))
        .body("documents.overlap", closeTo((1 + 1 + 1 + 0.5) / 4, 1e-9))
        .body("queries.count", equalTo(0))
        .body("queries.overlap", nullValue())
        .body("judged.recall.current", nullValue())
        .body("notices", hasSize(0));
  }

  /** 1-2, 1-4, 2-4 against 1-2, 3-4. */
  @Test
  void storedEdgesAreCompared() {
    compareBoth(2, List.of(), List.of())
        .statusCode(200)
        .body("edges.current", equalTo(3))
        .body("edges.candidate", equalTo(2))
        .body("edges.overlap", closeTo(0.25, 1e-9))
        .body("documents.count", equalTo(0))
        .body("documents.overlap", nullValue());
  }

  @Test
  void queriesAreEmbeddedUnderEachRecipeAndJudged() throws Exception {
    QueryWorker.start(
        nats,
        query ->
            query.getGenerationId() == current.id()
                ? QueryWorker.vector(1, 0)
                : QueryWorker.vector(0, 1));
    List<?> queries =
        List.of(
            Map.of("text", "a", "expected", List.of(Map.of("documentId", 1, "grade", 2))),
            Map.of("text", "b"));
    // Found: 1, 2 under the one, 3, 4 under the other.
    compareBoth(2, List.of(), queries)
        .statusCode(200)
        .body("queries.count", equalTo(2))
        .body("queries.overlap", closeTo(0, 1e-9))
        .body("judged.count", equalTo(1))
        .body("judged.recall.current", closeTo(1, 1e-9))
        .body("judged.recall.candidate", closeTo(0, 1e-9))
        .body("judged.ndcg.current", closeTo(1, 1e-9))
        .body("judged.ndcg.candidate", closeTo(0, 1e-9))
        .body("notices", hasSize(0));
  }

  @Test
  void aQueryWithoutAVectorIsLeftOutAndSaid() throws Exception {
    QueryWorker.start(
        nats,
        query ->
            query.getText().equals("bad")
                ? QueryWorker.failure(
                    EMBED_QUERY_FAILURE_REASON_MODEL_UNAVAILABLE, "The model was changed.")
                : QueryWorker.vector(1, 0));
    compareBoth(4, List.of(), List.of(Map.of("text", "bad"), Map.of("text", "good")))
        .statusCode(200)
        .body("queries.count", equalTo(1))
        .body("queries.overlap", closeTo(1, 1e-9))
        .body("notices", equalTo(List.of("1 queries were left out. The model was changed.")));
  }

  @Test
  void withoutAWorkerDocumentsAndEdgesAreComparedAllTheSame() {
    List<?> queries =
        java.util.stream.IntStream.range(0, 50)
            .mapToObj(i -> Map.of("text", "query " + i))
            .toList();
    compareBoth(2, List.of(1), queries)
        .statusCode(200)
        .body("documents.count", equalTo(1))
        .body("queries.count", equalTo(0))
        .body("notices[0]", containsString("50 queries were left out"));
  }

  @Test
  void badRequestsNameTheField() throws Exception {
    compare(Map.of("current", current.id()))
        .statusCode(400)
        .body("detail", containsString("\"candidate\""));
    compare(Map.of("current", current.id(), "candidate", current.id()))
        .statusCode(400)
        .body("detail", containsString("\"candidate\""));
    compareBoth(0, List.of(), List.of()).statusCode(400).body("detail", containsString("\"k\""));
    compareBoth(1, List.of(), List.of(Map.of("text", " ")))
        .statusCode(400)
        .body("detail", containsString("\"queries.text\""));
    compareBoth(
            1,
            List.of(),
            List.of(Map.of("text", "x", "expected", List.of(Map.of("documentId", 1, "grade", 0)))))
        .statusCode(400)
        .body("detail", containsString("\"queries.expected\""));
    compare(Map.of("current", current.id(), "candidate", fixture.generation(0.5, 3).id()))
        .statusCode(400)
        .body("detail", containsString("same collection"));
    compare(Map.of("current", current.id(), "candidate", 999999)).statusCode(404);
  }
}
