package relata.graph.search;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import relata.contracts.v1.EmbedQueryReply;
import relata.graph.testing.QueryWorker;
import relata.local.testing.BackendsResource;

/** What is found by words, by meaning and with a filter, and what cannot be searched. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class SearchIT extends ThreeDocuments {
  @Inject MeterRegistry meters;

  @Test
  void wordsAreFoundInTitleAndText() {
    search(Map.of("text", "tomato", "mode", "lexical"))
        .statusCode(200)
        .body("generation", equalTo((int) documents.generation().id()))
        .body("mode", equalTo("lexical"))
        .body("semanticAvailable", nullValue())
        .body("notice", nullValue())
        .body("hits.documentId", equalTo(List.of(1, 3)))
        .body("hits[0].lexicalScore", notNullValue())
        .body("hits[0].semanticScore", nullValue())
        .body("hits[1].chunk.ordinal", equalTo(1))
        .body("hits[1].chunk.kind", equalTo("paragraph"))
        .body("hits[1].chunk.headingPath", equalTo(List.of("Kitchen notes")))
        .body("hits[1].chunk.text", containsString("fridge"));
  }

  @Test
  void nothingThatIsTypedIsASyntaxError() {
    for (String text : List.of("tomato AND (", "\"", "title:[* TO", "*:*", "a~~^9", "\\", "the")) {
      search(Map.of("text", text, "mode", "lexical")).statusCode(200);
    }
  }

  @Test
  void meaningIsFoundByTheVector() throws Exception {
    QueryWorker.start(
        documents.nats(),
        query -> {
          assertEquals("default", query.getTenant());
          assertEquals(documents.generation().id(), query.getGenerationId());
          assertEquals("vegetables", query.getText());
          return QueryWorker.vector(1, 0);
        });
    search(Map.of("text", "vegetables", "mode", "semantic", "limit", 2))
        .statusCode(200)
        .body("semanticAvailable", equalTo(true))
        .body("hits.documentId", equalTo(List.of(3, 1)))
        .body("hits[0].semanticScore", equalTo(1.0f))
        .body("hits[0].score", equalTo(1.0f))
        .body("hits[0].chunk.ordinal", equalTo(0));
  }

  @Test
  void aTextIsAskedForOnceIfItsVectorLasts() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    QueryWorker.start(
        documents.nats(),
        query -> {
          asked.incrementAndGet();
          EmbedQueryReply vector = QueryWorker.vector(1, 0);
          return query.getText().equals("lasting")
              ? vector.toBuilder().setLasting(true).build()
              : vector;
        });
    for (int time = 0; time < 3; time++) {
      search(Map.of("text", "lasting", "mode", "semantic"))
          .statusCode(200)
          .body("hits[0].documentId", equalTo(3));
    }
    assertEquals(1, asked.get());

    search(Map.of("text", "passing", "mode", "semantic")).statusCode(200);
    search(Map.of("text", "passing", "mode", "semantic")).statusCode(200);
    assertEquals(3, asked.get());
  }

  @Test
  void aFilterLeavesTheBestOfThoseThatPass() throws Exception {
    QueryWorker.start(documents.nats(), query -> QueryWorker.vector(1, 0));
    documents
        .fixture()
        .metadata(
            documents.generation(), 4, "{\"year\":2021,\"tags\":[\"pets\"],\"language\":\"en\"}");
    float[] vector = {0.1f, 1};
    documents.put(
        4, "About cats", List.of("About cats", "Tomatoes are not for cats."), vector, vector);
    for (String mode : List.of("semantic", "lexical", "hybrid")) {
      for (Map<String, Object> metadata :
          List.<Map<String, Object>>of(
              Map.of("year", Map.of("gte", 2021, "lt", 2022)),
              Map.of("language", List.of("de", "en")),
              Map.of("tags", "pets", "year", 2021),
              Map.of("language", Map.of("exists", true)))) {
        search(
                Map.of(
                    "text",
                    "tomatoes",
                    "mode",
                    mode,
                    "limit",
                    1,
                    "filter",
                    Map.of("metadata", metadata)))
            .statusCode(200)
            .body("hits.documentId", equalTo(List.of(4)));
      }
    }
    search(
            Map.of(
                "text",
                "tomatoes",
                "filter",
                Map.of("kinds", List.of("paragraph"), "metadata", Map.of("year", 2021))))
        .body("hits.chunk.kind", equalTo(List.of("paragraph")));
    search(Map.of("text", "tomatoes", "filter", Map.of("metadata", Map.of("year", 1999))))
        .statusCode(200)
        .body("hits", hasSize(0));
  }

  @Test
  void badRequestsNameTheField() {
    search(Map.of("mode", "lexical"))
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", containsString("\"text\""));
    search(Map.of("text", "x".repeat(5000))).statusCode(400).body("detail", containsString("text"));
    search(Map.of("text", "x", "mode", "magic"))
        .statusCode(400)
        .body("detail", containsString("\"mode\""));
    search(Map.of("text", "x", "limit", 0))
        .statusCode(400)
        .body("detail", containsString("\"limit\""));
    search(Map.of("text", "x", "limit", "many"))
        .statusCode(400)
        .body("detail", containsString("\"limit\""));
    search(Map.of("text", "x", "colour", "red"))
        .statusCode(400)
        .body("detail", containsString("\"colour\""));
    Map<String, Object> wrong =
        Map.of(
            "filter.colour", Map.of("colour", "red"),
            "filter.kinds", Map.of("kinds", List.of("poem")),
            "filter.metadata", Map.of("metadata", List.of()),
            "filter.metadata.year", Map.of("metadata", Map.of("year", Map.of("above", 3))));
    wrong.forEach(
        (field, filter) ->
            search(Map.of("text", "x", "filter", filter))
                .statusCode(400)
                .body("field", equalTo(field)));
    search(Map.of("text", "x", "weights", Map.of("semantic", -1)))
        .statusCode(400)
        .body("field", equalTo("weights.semantic"));
    for (String body : List.of("{", "", "[]", "null")) {
      given()
          .contentType(ContentType.JSON)
          .body(body)
          .post("/internal/generations/{g}/search", documents.generation().id())
          .then()
          .statusCode(400)
          .contentType("application/problem+json");
    }
  }

  @Test
  void anUnknownGenerationIsNotFound() {
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("text", "x"))
        .post("/internal/generations/999999/search")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", containsString("999999"));
  }

  @Test
  void searchesAreMeasured() {
    search(Map.of("text", "tomato", "mode", "lexical")).statusCode(200);
    long before =
        meters.get("relata.search").tag("mode", "lexical").tag("outcome", "whole").timer().count();
    search(Map.of("text", "tomato", "mode", "lexical")).statusCode(200);
    assertEquals(
        before + 1,
        meters.get("relata.search").tag("mode", "lexical").tag("outcome", "whole").timer().count());
  }
}
