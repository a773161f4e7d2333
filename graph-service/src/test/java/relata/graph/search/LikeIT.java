package relata.graph.search;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.graph.database.Database;
import relata.graph.generation.Generations;
import relata.local.testing.BackendsResource;

/** More like a document, with no worker to ask. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class LikeIT {
  @Inject Generations generations;
  @Inject Database database;

  private SearchedDocuments documents;

  @BeforeEach
  void fourDocuments() throws Exception {
    documents = new SearchedDocuments(generations, database);
    documents.put(
        1,
        "Growing tomatoes",
        List.of("Water the seedlings.", "Harvest the fruit."),
        new float[] {1, 0, 0},
        new float[] {0, 1, 0});
    documents.put(2, "Tomato soup", List.of("Boil the fruit."), new float[] {0.1f, 0, 1});
    documents.put(
        3,
        "Bicycles",
        List.of("Oil the chain.", "Pump the tyres."),
        new float[] {0.2f, 0, 1},
        new float[] {0, 1, 0.1f});
    documents.put(4, "Nothing alike", List.of("Zebras"), new float[] {0, 0, 1});
  }

  @AfterEach
  void close() throws Exception {
    documents.close();
  }

  @Test
  void byMeaningTheMostSimilarOfAnyTwoChunksCounts() {
    documents
        .search(Map.of("like", 1, "mode", "semantic", "limit", 2))
        .statusCode(200)
        .body("semanticAvailable", equalTo(true))
        .body("notice", nullValue())
        .body("hits.documentId", equalTo(List.of(3, 2)))
        .body("hits[0].chunk.ordinal", equalTo(1))
        .body("hits[0].semanticScore", equalTo((float) (1 / Math.sqrt(1.01))));
  }

  @Test
  void byWordsTheTellingOnesCountAndTheDocumentDoesNotFindItself() {
    documents
        .search(Map.of("like", 1, "mode", "lexical"))
        .statusCode(200)
        .body("semanticAvailable", nullValue())
        .body("hits.documentId", equalTo(List.of(2)))
        .body("hits[0].lexicalScore", notNullValue());
  }

  @Test
  void hybridFusesBothAndKnowsBothScores() {
    documents
        .search(Map.of("like", 1, "explain", true))
        .statusCode(200)
        .body("mode", equalTo("hybrid"))
        .body("semanticAvailable", equalTo(true))
        .body("hits.documentId", equalTo(List.of(2, 3, 4)))
        .body("hits[0].explanation.semantic.rank", equalTo(2))
        .body("hits[0].explanation.lexical.rank", equalTo(1))
        .body("hits[0].semanticScore", notNullValue())
        .body("hits[0].lexicalScore", notNullValue());
  }

  @Test
  void aFilterNarrowsItToo() {
    documents
        .search(
            Map.of("like", 1, "mode", "semantic", "filter", Map.of("kinds", List.of("heading"))))
        .statusCode(200)
        .body("hits", hasSize(0));
  }

  @Test
  void aDocumentWithoutVectorsIsGoneByItsWordsIfItHasAny() {
    for (String mode : List.of("semantic", "hybrid")) {
      documents
          .search(Map.of("like", 99, "mode", mode))
          .statusCode(200)
          .body("semanticAvailable", equalTo(false))
          .body("notice", notNullValue())
          .body("hits", hasSize(0));
    }
  }

  @Test
  void eitherATextOrADocument() {
    documents.search(Map.of("like", 1, "text", "x")).statusCode(400).body("field", equalTo("like"));
    documents.search(Map.of("limit", 3)).statusCode(400).body("field", equalTo("text"));
  }
}
