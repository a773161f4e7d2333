package relata.graph.search;

import static org.hamcrest.Matchers.equalTo;

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

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class DiversityIT {
  @Inject Generations generations;
  @Inject Database database;

  private SearchedDocuments documents;

  /** The first two are the same, and the third is another thing. */
  @BeforeEach
  void threeDocuments() throws Exception {
    documents = new SearchedDocuments(generations, database);
    documents.put(1, "Notes", List.of("roses roses roses"), new float[] {3, 0});
    documents.put(2, "Notes", List.of("roses roses roses"), new float[] {5, 0});
    documents.put(3, "Notes", List.of("roses are not what this is about"), new float[] {0, 2});
  }

  @AfterEach
  void close() throws Exception {
    documents.close();
  }

  @Test
  void whatIsUnlikeComesFirstAndThePagesFollow() {
    Map<String, Object> plain = Map.of("text", "roses", "mode", "lexical");
    documents.search(plain).body("hits.documentId", equalTo(List.of(1, 2, 3)));
    String next =
        documents
            .search(Map.of("text", "roses", "mode", "lexical", "diversity", 0.9, "limit", 2))
            .statusCode(200)
            .body("hits.documentId", equalTo(List.of(1, 3)))
            .extract()
            .path("next");
    documents
        .search(Map.of("text", "roses", "mode", "lexical", "diversity", 0.9, "after", next))
        .statusCode(200)
        .body("hits.documentId", equalTo(List.of(2)));
    documents
        .search(Map.of("text", "roses", "mode", "lexical", "diversity", 0.8, "after", next))
        .statusCode(400)
        .body("field", equalTo("after"));
  }

  @Test
  void itIsFromZeroToOne() {
    for (double wrong : List.of(-0.1, 1.1)) {
      documents
          .search(Map.of("text", "roses", "diversity", wrong))
          .statusCode(400)
          .body("field", equalTo("diversity"));
    }
  }
}
