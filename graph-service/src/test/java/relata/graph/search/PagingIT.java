package relata.graph.search;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
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
class PagingIT {
  private static final int DOCUMENTS = 12;

  @Inject Generations generations;
  @Inject Database database;

  private SearchedDocuments documents;

  /** By meaning the first is best, by words the last; every third has no word of the search. */
  @BeforeEach
  void severalDocuments() throws Exception {
    documents = new SearchedDocuments(generations, database);
    for (int id = 1; id <= DOCUMENTS; id++) {
      String text = id % 3 == 0 ? "Nothing to see" : "roses ".repeat(id) + "and so on";
      documents.put(id, "Notes", List.of(text), new float[] {1, id});
    }
  }

  @AfterEach
  void close() throws Exception {
    documents.close();
  }

  private Map<String, Object> search(String mode, int limit) {
    return new HashMap<>(Map.of("text", "rose", "mode", mode, "limit", limit));
  }

  private JsonPath page(Map<String, Object> search, String after) {
    search.put("after", after);
    return documents.search(search).statusCode(200).extract().jsonPath();
  }

  private List<Map<String, Object>> pages(Map<String, Object> search) {
    List<Map<String, Object>> all = new ArrayList<>();
    String after = null;
    do {
      JsonPath page = page(search, after);
      all.addAll(page.getList("hits"));
      after = page.getString("next");
    } while (after != null);
    return all;
  }

  private static List<Integer> ids(JsonPath page) {
    return page.getList("hits.documentId");
  }

  @Test
  void thePagesAreTheWholeInEveryMode() throws Exception {
    QueryWorker.start(documents.nats(), query -> QueryWorker.vector(1, 0));
    for (String mode : List.of("hybrid", "semantic", "lexical")) {
      Map<String, Object> whole = search(mode, 50);
      whole.put("explain", true);
      JsonPath once = page(whole, null);
      assertEquals(mode.equals("lexical") ? 8 : DOCUMENTS, ids(once).size());
      assertEquals(null, once.getString("next"));
      for (int limit : List.of(1, 5, 8)) {
        Map<String, Object> some = search(mode, limit);
        some.put("explain", true);
        assertEquals(once.getList("hits"), pages(some), mode + " by " + limit);
      }
    }
  }

  @Test
  void whatIsWrittenMeanwhileMovesNothing() throws Exception {
    QueryWorker.start(documents.nats(), query -> QueryWorker.vector(1, 0));
    Map<String, Object> search = search("semantic", 3);
    JsonPath first = page(search, null);
    assertEquals(List.of(1, 2, 3), ids(first));
    documents.put(50, "Better than all", List.of("roses"), new float[] {1, 0});
    documents.erase(2);
    documents.erase(5);
    JsonPath second = page(search, first.getString("next"));
    assertEquals(List.of(4, 6, 7), ids(second), "the page is filled up");
    search.put("limit", 10);
    JsonPath last = page(search, second.getString("next"));
    assertEquals(List.of(8, 9, 10, 11, 12), ids(last));
    assertEquals(null, last.getString("next"));
  }

  @Test
  void itGoesOnWithoutTheModel() {
    Map<String, Object> search = search("hybrid", 5);
    JsonPath first = page(search, null);
    documents
        .search(new HashMap<>(Map.of("text", "rose", "limit", 5, "after", first.getString("next"))))
        .statusCode(200)
        .body("semanticAvailable", equalTo(false))
        .body("notice", equalTo("These results are by words alone."))
        .body("hits", hasSize(3))
        .body("hits[0].lexicalScore", notNullValue())
        .body("next", nullValue());
  }

  @Test
  void theDepthSaysHowFarThePagesGo() {
    Map<String, Object> search = search("lexical", 2);
    search.put("depth", 3);
    assertEquals(3, pages(search).size());
  }

  @Test
  void theCursorOfAnotherSearchIsRefused() {
    String next = page(search("lexical", 2), null).getString("next");
    Map<String, Object> other = search("lexical", 2);
    other.put("after", next);
    for (Map<String, Object> change :
        List.<Map<String, Object>>of(
            Map.of("text", "nothing"),
            Map.of("mode", "hybrid"),
            Map.of("depth", 50),
            Map.of("weights", Map.of("lexical", 2)),
            Map.of("filter", Map.of("kinds", List.of("title"))))) {
      Map<String, Object> changed = new HashMap<>(other);
      changed.putAll(change);
      documents
          .search(changed)
          .statusCode(400)
          .body("field", equalTo("after"))
          .body("detail", containsString("is of another search"));
    }
    other.put("limit", 5);
    other.put("explain", true);
    other.put("highlights", 1);
    documents.search(other).statusCode(200).body("hits", hasSize(5));
  }

  @Test
  void whatIsNoCursorIsRefused() {
    String next = page(search("lexical", 2), null).getString("next");
    for (String wrong :
        List.of(
            "",
            "?",
            "AAAA",
            next.substring(4),
            next.substring(0, next.length() - 4),
            next + next)) {
      Map<String, Object> search = search("lexical", 2);
      search.put("after", wrong);
      documents.search(search).statusCode(400).body("field", equalTo("after"));
    }
  }

  @Test
  void theCursorOfAnotherGenerationIsRefused() throws Exception {
    String next = page(search("lexical", 2), null).getString("next");
    try (SearchedDocuments others = new SearchedDocuments(generations, database)) {
      Map<String, Object> search = search("lexical", 2);
      search.put("after", next);
      others
          .search(search)
          .statusCode(400)
          .body("field", equalTo("after"))
          .body("detail", containsString("not served any more"));
    }
  }

  @Test
  void pagesAndDepthAreBounded() {
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("depth", 1001), Map.of("depth", 1), Map.of("depth", 0))) {
      Map<String, Object> search = search("lexical", 2);
      search.putAll(wrong);
      documents.search(search).statusCode(400).body("field", equalTo("depth"));
    }
  }
}
