package relata.graph.search;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
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
import relata.graph.testing.QueryWorker;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class HighlightIT {
  @Inject Generations generations;
  @Inject Database database;

  private SearchedDocuments documents;

  @BeforeEach
  void twoDocuments() throws Exception {
    documents = new SearchedDocuments(generations, database);
    documents.put(
        1,
        "Growing vegetables",
        List.of("Growing vegetables", "Water <b>tomatoes</b> daily: a dry tomato splits."),
        new float[] {1, 0},
        new float[] {1, 1});
    documents.put(2, "Tomato soup", List.of("Boil the fruit."), new float[] {0, 1});
  }

  @AfterEach
  void close() throws Exception {
    documents.close();
  }

  @Test
  void matchesAreOffsetsIntoPlainText() {
    documents
        .search(Map.of("text", "tomatoes", "mode", "lexical", "highlights", 2))
        .statusCode(200)
        .body("hits.documentId", equalTo(List.of(2, 1)))
        .body("hits[1].highlights", hasSize(1))
        .body("hits[1].highlights[0].heading", nullValue())
        .body("hits[1].highlights[0].start", equalTo(0))
        .body(
            "hits[1].highlights[0].text",
            equalTo("Water <b>tomatoes</b> daily: a dry tomato splits."))
        .body("hits[1].highlights[0].matches.start", equalTo(List.of(9, 35)))
        .body("hits[1].highlights[0].matches.end", equalTo(List.of(17, 41)));
  }

  @Test
  void aHeadingWithAMatchIsShownBeforeTheStartOfTheText() {
    documents
        .search(Map.of("text", "tomatoes", "mode", "lexical", "highlights", 1))
        .body("hits[0].highlights", hasSize(2))
        .body("hits[0].highlights[0].heading", equalTo(0))
        .body("hits[0].highlights[0].text", equalTo("Tomato soup"))
        .body("hits[0].highlights[0].matches[0].end", equalTo(6))
        .body("hits[0].highlights[1].text", equalTo("Boil the fruit."))
        .body("hits[0].highlights[1].matches", hasSize(0));
  }

  @Test
  void whatIsFoundByMeaningShowsItsWordsToo() throws Exception {
    QueryWorker.start(documents.nats(), query -> QueryWorker.vector(1, 0));
    documents
        .search(Map.of("text", "vegetable", "mode", "semantic", "highlights", 1))
        .body("hits[0].documentId", equalTo(1))
        .body("hits[0].highlights", hasSize(1))
        .body("hits[0].highlights[0].matches[0].start", equalTo(8));
  }

  @Test
  void moreLikeADocumentShowsTheWordsInCommon() {
    documents
        .search(Map.of("like", 2, "mode", "lexical", "highlights", 1))
        .body("hits.documentId", equalTo(List.of(1)))
        .body("hits[0].highlights[0].matches.start", equalTo(List.of(9, 35)));
  }

  @Test
  void nothingIsShownUnlessItIsAskedFor() {
    documents
        .search(Map.of("text", "tomatoes", "mode", "lexical"))
        .body("hits[0].highlights", nullValue());
    for (int wrong : List.of(-1, 11)) {
      documents
          .search(Map.of("text", "tomatoes", "highlights", wrong))
          .statusCode(400)
          .body("field", equalTo("highlights"));
    }
  }
}
