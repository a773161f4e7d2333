package relata.graph.search;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.graph.testing.QueryWorker;
import relata.local.testing.BackendsResource;

/** Places by words and places by meaning become one ranking. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class FusionIT extends ThreeDocuments {
  @Test
  void hybridFusesBothRankings() throws Exception {
    QueryWorker.start(documents.nats(), query -> QueryWorker.vector(0, 1));
    search(Map.of("text", "tomatoes"))
        .statusCode(200)
        .body("semanticAvailable", equalTo(true))
        .body("notice", nullValue())
        // Second and first, third and second, first alone.
        .body("hits.documentId", equalTo(List.of(1, 3, 2)))
        .body("hits[0].score", equalTo((float) (1.0 / 22 + 1.0 / 21)))
        .body("hits[2].lexicalScore", nullValue())
        .body("hits", hasSize(3));
  }

  @Test
  void aHitOfOneRankingHasTheScoreOfTheOtherToo() throws Exception {
    QueryWorker.start(documents.nats(), query -> QueryWorker.vector(0, 1));
    search(Map.of("text", "tomatoes", "limit", 1, "weights", Map.of("semantic", 0)))
        .statusCode(200)
        .body("hits.documentId", equalTo(List.of(1)))
        .body("hits[0].semanticScore", equalTo((float) (0.1 / Math.sqrt(1.01))))
        .body("hits[0].lexicalScore", notNullValue());
  }

  @Test
  void weightsSayHowMuchEachRankingCounts() throws Exception {
    QueryWorker.start(documents.nats(), query -> QueryWorker.vector(0, 1));
    search(Map.of("text", "tomatoes", "weights", Map.of("lexical", 0)))
        .body("hits.documentId", equalTo(List.of(2, 1, 3)));
    search(Map.of("text", "tomatoes", "weights", Map.of("lexical", 5)))
        .body("hits.documentId", equalTo(List.of(1, 3, 2)));
  }

  @Test
  void anExplanationTellsThePlacesAndWhatTheyAdd() throws Exception {
    QueryWorker.start(documents.nats(), query -> QueryWorker.vector(0, 1));
    search(Map.of("text", "tomatoes", "explain", true, "weights", Map.of("lexical", 2)))
        .statusCode(200)
        .body("hits[0].documentId", equalTo(1))
        .body("hits[0].explanation.semantic.rank", equalTo(2))
        .body("hits[0].explanation.semantic.share", equalTo((float) (1.0 / 22)))
        .body("hits[0].explanation.lexical.rank", equalTo(1))
        .body("hits[0].explanation.lexical.weight", equalTo(2.0f))
        .body("hits[0].explanation.lexical.share", equalTo((float) (2.0 / 21)))
        .body("hits[0].explanation.words.parts", not(hasSize(0)))
        .body("hits[2].explanation.lexical", nullValue())
        .body("hits[2].explanation.words", nullValue());
    search(Map.of("text", "tomatoes")).body("hits[0].explanation", nullValue());
  }
}
