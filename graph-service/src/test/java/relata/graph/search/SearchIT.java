package relata.graph.search;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.contracts.Subjects;
import relata.contracts.v1.EmbedQueryFailureReason;
import relata.contracts.v1.EmbedQueryReply;
import relata.contracts.v1.Vector;
import relata.graph.database.Database;
import relata.graph.generation.Generations;
import relata.graph.testing.Fixture;
import relata.graph.testing.QueryWorker;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class SearchIT {
  @Inject Generations generations;
  @Inject MeterRegistry meters;
  @Inject Database database;

  private Fixture fixture;
  private Connection nats;
  private Fixture.Generation generation;

  @BeforeEach
  void threeDocuments() throws Exception {
    fixture = new Fixture();
    nats = Nats.connect(ConfigProvider.getConfig().getValue("RELATA_NATS_URL", String.class));
    generation = fixture.generation(0.5, 3);
    store(1, "Growing tomatoes", "Water the seedlings in the morning.", new float[] {1, 0.1f});
    store(2, "Repairing bicycles", "A chain that jumps is worn out.", new float[] {0, 1});
    store(3, "Kitchen notes", "Tomatoes keep better outside of the fridge.", new float[] {1, 0});
    generations.find(generation.id());
    await().until(() -> generations.findLoaded(generation.id()).isPresent());
  }

  private void store(long id, String title, String text, float[] vector) throws Exception {
    fixture.store(generation, id, 1, title, List.of(title, text), vector, vector);
  }

  @AfterEach
  void close() throws Exception {
    nats.close();
    fixture.close();
  }

  private ValidatableResponse search(Map<String, Object> body) {
    return given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/internal/generations/{g}/search", generation.id())
        .then();
  }

  @Test
  void wordsAreFoundInTitleAndText() {
    search(Map.of("text", "tomato", "mode", "lexical"))
        .statusCode(200)
        .body("generation", equalTo((int) generation.id()))
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
  void withoutAWorkerHybridGoesByWordsAndSaysSo() {
    search(Map.of("text", "bicycle chain"))
        .statusCode(200)
        .body("mode", equalTo("hybrid"))
        .body("semanticAvailable", equalTo(false))
        .body(
            "notice",
            equalTo(
                "No embedding-worker answers; is one running? These results are by words alone."))
        .body("hits.documentId", equalTo(List.of(2)));
  }

  @Test
  void withoutAWorkerSemanticIsUnavailable() {
    search(Map.of("text", "bicycle", "mode", "semantic"))
        .statusCode(503)
        .contentType("application/problem+json")
        .body("status", equalTo(503))
        .body("detail", containsString("No embedding-worker answers"));
  }

  @Test
  void meaningIsFoundByTheVector() throws Exception {
    QueryWorker.start(
        nats,
        query -> {
          assertEquals("default", query.getTenant());
          assertEquals(generation.id(), query.getGenerationId());
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
        nats,
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
  void hybridFusesBothRankings() throws Exception {
    QueryWorker.start(nats, query -> QueryWorker.vector(0, 1));
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
    QueryWorker.start(nats, query -> QueryWorker.vector(0, 1));
    search(Map.of("text", "tomatoes", "limit", 1, "weights", Map.of("semantic", 0)))
        .statusCode(200)
        .body("hits.documentId", equalTo(List.of(1)))
        .body("hits[0].semanticScore", equalTo((float) (0.1 / Math.sqrt(1.01))))
        .body("hits[0].lexicalScore", notNullValue());
  }

  @Test
  void weightsSayHowMuchEachRankingCounts() throws Exception {
    QueryWorker.start(nats, query -> QueryWorker.vector(0, 1));
    search(Map.of("text", "tomatoes", "weights", Map.of("lexical", 0)))
        .body("hits.documentId", equalTo(List.of(2, 1, 3)));
    search(Map.of("text", "tomatoes", "weights", Map.of("lexical", 5)))
        .body("hits.documentId", equalTo(List.of(1, 3, 2)));
  }

  @Test
  void anExplanationTellsThePlacesAndWhatTheyAdd() throws Exception {
    QueryWorker.start(nats, query -> QueryWorker.vector(0, 1));
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

  @Test
  void aFilterLeavesTheBestOfThoseThatPass() throws Exception {
    QueryWorker.start(nats, query -> QueryWorker.vector(1, 0));
    fixture.metadata(generation, 4, "{\"year\":2021,\"tags\":[\"pets\"],\"language\":\"en\"}");
    store(4, "About cats", "Tomatoes are not for cats.", new float[] {0.1f, 1});
    database.transaction(
        session -> generations.find(generation.id()).orElseThrow().refresh(session, List.of(4L)));
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
  void aRefusedTextIsToldAndSearchedByWords() throws Exception {
    QueryWorker.start(
        nats,
        query ->
            QueryWorker.failure(
                EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_TEXT_REFUSED,
                "The text is too long for the model."));
    search(Map.of("text", "tomato", "mode", "semantic"))
        .statusCode(422)
        .body("detail", equalTo("The text is too long for the model."));
    search(Map.of("text", "tomato"))
        .statusCode(200)
        .body("semanticAvailable", equalTo(false))
        .body("notice", containsString("too long"))
        .body("hits.documentId", equalTo(List.of(1, 3)));
  }

  @Test
  void aReplyThatMakesNoSenseIsAsGoodAsNone() throws Exception {
    QueryWorker.start(
        nats,
        query ->
            EmbedQueryReply.newBuilder()
                .setVector(Vector.newBuilder().setDimension(3).setValues(ByteString.EMPTY))
                .build());
    search(Map.of("text", "tomato")).statusCode(200).body("semanticAvailable", equalTo(false));
    search(Map.of("text", "tomato", "mode", "semantic")).statusCode(503);
  }

  @Test
  void whyTheModelIsAwayIsTold() throws Exception {
    QueryWorker.start(
        nats,
        query ->
            QueryWorker.failure(
                EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_MODEL_UNAVAILABLE,
                "Model m cannot embed"));
    search(Map.of("text", "tomato", "mode", "semantic"))
        .statusCode(503)
        .body("type", equalTo("urn:relata:problem:model-away"))
        .body("detail", equalTo("Model m cannot embed."));
  }

  @Test
  void aWorkerThatIsTooSlowIsNotWaitedFor() throws Exception {
    var unused =
        nats.createDispatcher(message -> {})
            .subscribe(Subjects.EMBED_QUERY, Subjects.EMBED_QUERY_QUEUE);
    nats.flush(Duration.ofSeconds(5));
    search(Map.of("text", "tomato"))
        .statusCode(200)
        .body("notice", containsString("too long"))
        .body("hits.documentId", equalTo(List.of(1, 3)));
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
          .post("/internal/generations/{g}/search", generation.id())
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
