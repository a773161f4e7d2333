package relata.graph.search;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.graph.database.Database;
import relata.graph.generation.Generations;
import relata.graph.search.Reranker.Candidate;
import relata.graph.testing.RerankerForTests;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class RerankIT {
  private static final int LIMIT_SECONDS = 30;

  @Inject Generations generations;
  @Inject Database database;
  @Inject RerankerForTests reranker;
  @Inject MeterRegistry meters;

  private SearchedDocuments documents;

  @BeforeEach
  void threeDocuments() throws Exception {
    documents = new SearchedDocuments(generations, database);
    for (int id = 1; id <= 3; id++) {
      documents.put(
          id, "Notes", List.of("roses ".repeat(4 - id) + "and so on"), new float[] {1, id});
    }
  }

  @AfterEach
  void close() throws Exception {
    documents.close();
  }

  private ValidatableResponse search(Map<String, Object> more) {
    Map<String, Object> search = new HashMap<>(Map.of("text", "rose", "mode", "lexical"));
    search.put("rerank", true);
    search.putAll(more);
    return documents.search(search).statusCode(200);
  }

  private double count(String outcome) {
    var timer = meters.find("relata.search.rerank").tag("outcome", outcome).timer();
    return timer == null ? 0 : timer.count();
  }

  @Test
  void theOrderIsThatOfItsScoresOnAllPages() {
    AtomicReference<String> asked = new AtomicReference<>();
    reranker.behaveAs(
        (query, candidates) -> {
          asked.set(query.text() + " " + candidates.getFirst().text());
          return candidates.stream().map(of -> (double) of.documentId()).toList();
        });
    String next =
        search(Map.of("limit", 2))
            .body("reranked", equalTo(true))
            .body("notice", nullValue())
            .body("hits.documentId", equalTo(List.of(3, 2)))
            .body("hits.rerankScore", equalTo(List.of(3f, 2f)))
            .extract()
            .path("next");
    assertEquals("rose roses roses roses and so on", asked.get());
    search(Map.of("limit", 2, "after", next))
        .body("reranked", equalTo(true))
        .body("hits.documentId", equalTo(List.of(1)))
        .body("hits[0].rerankScore", equalTo(1f));
  }

  @Test
  void nobodyIsAskedUnlessASearchSaysSo() {
    reranker.behaveAs((query, candidates) -> List.of());
    documents
        .search(Map.of("text", "rose", "mode", "lexical"))
        .statusCode(200)
        .body("reranked", nullValue())
        .body("hits.documentId", equalTo(List.of(1, 2, 3)))
        .body("hits[0].rerankScore", nullValue());
  }

  @Test
  void oneThatFailsOrGivesNonsenseLeavesTheOrder() {
    List<Reranker> failing =
        List.of(
            (query, candidates) -> {
              throw new IllegalStateException("broken");
            },
            (query, candidates) -> List.of(1.0),
            (query, candidates) -> candidates.stream().map(of -> Double.NaN).toList());
    for (Reranker each : failing) {
      reranker.behaveAs(each);
      double before = count("failed");
      search(Map.of())
          .body("reranked", equalTo(false))
          .body("notice", containsString("re-ranker did not answer"))
          .body("hits.documentId", equalTo(List.of(1, 2, 3)))
          .body("hits[0].rerankScore", nullValue());
      assertEquals(before + 1, count("failed"));
    }
  }

  @Test
  void oneThatIsTooSlowIsInterruptedAndNotWaitedFor() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    reranker.behaveAs(
        (query, candidates) -> {
          try {
            new CountDownLatch(1).await(LIMIT_SECONDS, TimeUnit.SECONDS);
            return candidates.stream().map(Candidate::documentId).map(Long::doubleValue).toList();
          } catch (InterruptedException late) {
            interrupted.countDown();
            throw late;
          }
        });
    double before = count("late");
    search(Map.of())
        .body("reranked", equalTo(false))
        .body("hits.documentId", equalTo(List.of(1, 2, 3)));
    assertEquals(before + 1, count("late"));
    assertEquals(true, interrupted.await(LIMIT_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void diversityComesAfterIt() {
    reranker.behaveAs(
        (query, candidates) ->
            candidates.stream().map(of -> of.documentId() == 2 ? 1.0 : 0.0).toList());
    search(Map.of("diversity", 0.1)).body("hits[0].documentId", equalTo(2));
  }

  @Test
  void itGoesWithATextOnly() {
    documents
        .search(Map.of("like", 1, "rerank", true))
        .statusCode(400)
        .body("field", equalTo("rerank"));
  }
}
