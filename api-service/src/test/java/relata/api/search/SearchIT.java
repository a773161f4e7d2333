package relata.api.search;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.api.testing.GraphServiceFake;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(GraphServiceFake.class)
class SearchIT {
  private String collection;
  private long generation;
  private String path;

  @BeforeEach
  void oneDocument() {
    collection = Collections.create();
    generation = Database.generation(collection);
    path = "/internal/generations/%d/search".formatted(generation);
    Collections.put(collection, "a", "A");
  }

  @Test
  void hitsAreNamedAndKeepTheirScoresAndChunk() {
    GraphServiceFake.reply(
        path,
        200,
        """
        {"mode":"hybrid","semanticAvailable":false,"notice":"By words alone.","hits":[
          {"documentId":%d,"score":0.03,"semanticScore":null,"lexicalScore":7.5,
           "chunk":{"ordinal":3,"kind":"paragraph","headingPath":["T","H"],"text":"words"}},
          {"documentId":999999999,"score":0.02,"semanticScore":0.5,"lexicalScore":null,
           "chunk":{"ordinal":0,"kind":"title","headingPath":["X"],"text":"X"}}]}"""
            .formatted(Database.documentKey(collection, "a")));
    search("{\"text\":\"some\\nwords\"}")
        .statusCode(200)
        .body("generation", is((int) generation))
        .body("mode", is("hybrid"))
        .body("semanticAvailable", is(false))
        .body("notice", is("By words alone."))
        .body("hits.id", is(List.of("a")))
        .body("hits[0].title", is("A"))
        .body("hits[0].score", is(0.03f))
        .body("hits[0].semanticScore", nullValue())
        .body("hits[0].lexicalScore", is(7.5f))
        .body("hits[0].chunk.ordinal", is(3))
        .body("hits[0].chunk.kind", is("paragraph"))
        .body("hits[0].chunk.headingPath", is(List.of("T", "H")))
        .body("hits[0].chunk.text", is("words"));
    assertEquals(
        "{\"text\":\"some\\nwords\",\"mode\":\"hybrid\",\"limit\":10}",
        GraphServiceFake.lastRequest(path));
  }

  @Test
  void modeAndLimitArePassedOn() {
    findNothing();
    search("{\"text\":\"x\",\"mode\":\"lexical\",\"limit\":100}").statusCode(200);
    assertEquals(
        "{\"text\":\"x\",\"mode\":\"lexical\",\"limit\":100}", GraphServiceFake.lastRequest(path));
  }

  @Test
  void filterWeightsAndWishForAnExplanationArePassedOn() {
    findNothing();
    String question =
        "{\"text\":\"x\",\"mode\":\"hybrid\",\"limit\":10,"
            + "\"filter\":{\"metadata\":{\"year\":{\"gte\":2020}},\"kinds\":[\"table\"]},"
            + "\"weights\":{\"semantic\":2.0,\"lexical\":0.5},\"explain\":true}";
    search(question).statusCode(200);
    assertEquals(question, GraphServiceFake.lastRequest(path));
  }

  @Test
  void moreLikeADocumentIsAskedForByItsKey() {
    findNothing();
    search("{\"like\":{\"document\":\"a\"},\"limit\":3}").statusCode(200);
    assertEquals(
        "{\"like\":%d,\"mode\":\"hybrid\",\"limit\":3}"
            .formatted(Database.documentKey(collection, "a")),
        GraphServiceFake.lastRequest(path));
  }

  @Test
  void highlightsAreAskedForAndShown() {
    GraphServiceFake.reply(
        path,
        200,
        """
        {"mode":"lexical","hits":[{"documentId":%d,"score":2,"lexicalScore":2,
          "chunk":{"ordinal":0,"kind":"title","headingPath":["T"],"text":"a <b>"},
          "highlights":[{"heading":null,"start":2,"text":"<b>",
                         "matches":[{"start":1,"end":2}]}]}]}"""
            .formatted(Database.documentKey(collection, "a")));
    search("{\"text\":\"b\",\"mode\":\"lexical\",\"highlights\":2}")
        .statusCode(200)
        .body("hits[0].highlights[0].text", is("<b>"))
        .body("hits[0].highlights[0].start", is(2))
        .body("hits[0].highlights[0].matches[0].start", is(1))
        .body("hits[0].highlights[0].matches[0].end", is(2));
    assertEquals(
        "{\"text\":\"b\",\"mode\":\"lexical\",\"limit\":10,\"highlights\":2}",
        GraphServiceFake.lastRequest(path));
  }

  @Test
  void nextPageIsAskedForByTheNextOfTheOneBefore() {
    GraphServiceFake.reply(path, 200, "{\"mode\":\"lexical\",\"hits\":[],\"next\":\"AbC_-\"}");
    search("{\"text\":\"x\",\"depth\":500,\"diversity\":0.5}")
        .statusCode(200)
        .body("next", is("AbC_-"));
    search("{\"text\":\"x\",\"depth\":500,\"diversity\":0.5,\"after\":\"AbC_-\"}").statusCode(200);
    assertEquals(
        "{\"text\":\"x\",\"mode\":\"hybrid\",\"limit\":10,\"depth\":500,\"diversity\":0.5,\"after\":\"AbC_-\"}",
        GraphServiceFake.lastRequest(path));
  }

  @Test
  void secondLookIsAskedForAndShown() {
    GraphServiceFake.reply(
        path,
        200,
        """
        {"mode":"hybrid","reranked":true,"hits":[{"documentId":%d,"score":0.1,"rerankScore":4.5,
          "chunk":{"ordinal":0,"kind":"title","headingPath":["T"],"text":"T"}}]}"""
            .formatted(Database.documentKey(collection, "a")));
    search("{\"text\":\"b\",\"rerank\":true}")
        .statusCode(200)
        .body("reranked", is(true))
        .body("hits[0].rerankScore", is(4.5f));
    assertEquals(
        "{\"text\":\"b\",\"mode\":\"hybrid\",\"limit\":10,\"rerank\":true}",
        GraphServiceFake.lastRequest(path));
  }

  @Test
  void documentToFindOthersLikeMustBeThere() {
    search("{\"like\":{\"document\":\"b\"}}")
        .statusCode(404)
        .body("type", is("urn:relata:problem:unknown-document"))
        .body("detail", containsString("'b'"));
  }

  @Test
  void fieldThatOnlyGraphServiceUnderstandsIsNamed() {
    GraphServiceFake.reply(
        path, 400, "{\"field\":\"filter.metadata.year\",\"detail\":\"Must be a number.\"}");
    search("{\"text\":\"x\",\"filter\":{\"metadata\":{\"year\":{}}}}")
        .statusCode(400)
        .body("errors[0].field", is("filter.metadata.year"))
        .body("errors[0].detail", is("Must be a number."));
  }

  @Test
  void graphServiceThatDoesNotKnowWhatIsServedHasNoAnswer() {
    search("{\"text\":\"x\"}")
        .statusCode(503)
        .header("Retry-After", "2")
        .body("type", is("urn:relata:problem:graph-behind"))
        .body("detail", containsString("does not know the generation"));
  }

  @Test
  void semanticSearchWithoutAModelSaysWhyAndWhatElseMayWork() {
    GraphServiceFake.reply(
        path,
        503,
        "{\"type\":\"urn:relata:problem:model-away\",\"detail\":\"Model m cannot embed.\"}");
    search("{\"text\":\"x\",\"mode\":\"semantic\"}")
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", "2")
        .body("type", is("urn:relata:problem:model-away"))
        .body("detail", startsWith("Model m cannot embed. "))
        .body("detail", containsString("hybrid or lexical"));
  }

  @Test
  void memoryThatDoesNotSufficeIsSaidWithoutItsFigures() {
    GraphServiceFake.reply(
        path, 503, "{\"type\":\"urn:relata:problem:memory-taken\",\"detail\":\"7 of 8 GiB.\"}");
    search("{\"text\":\"x\",\"mode\":\"lexical\"}")
        .statusCode(503)
        .header("Retry-After", "60")
        .body("type", is("urn:relata:problem:memory-taken"))
        .body("detail", containsString("Try again later"))
        .body("detail", not(containsString("GiB")));
  }

  @Test
  void graphServiceThatIsAwayIsNotTakenForTheModel() {
    GraphServiceFake.reply(path, 503, "{\"type\":\"about:blank\",\"detail\":\"inside\"}");
    search("{\"text\":\"x\",\"mode\":\"semantic\"}")
        .statusCode(503)
        .body("type", is("urn:relata:problem:graph-away"))
        .body("detail", not(containsString("inside")));
  }

  @Test
  void textThatTheModelRefusesIsTheUsersToChange() {
    GraphServiceFake.reply(path, 422, "{\"detail\":\"The text is too long.\"}");
    search("{\"text\":\"x\",\"mode\":\"semantic\"}")
        .statusCode(400)
        .body("errors[0].field", is("text"))
        .body("errors[0].detail", startsWith("The text is too long. "))
        .body("errors[0].detail", containsString("lexical"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|text",
        "{\"text\":\"\"}|text",
        "{\"text\":\" \\n\"}|text",
        "{\"text\":\"a\\u0000\"}|text",
        "{\"text\":[]}|text",
        "{\"like\":{}}|like.document",
        "{\"like\":{\"document\":\"a\"},\"rerank\":true}|rerank",
        "{\"like\":{\"document\":\"..\"}}|like.document",
        "{\"like\":{\"document\":\"a\"},\"text\":\"x\"}|like",
        "{\"text\":\"x\",\"mode\":\"fuzzy\"}|mode",
        "{\"text\":\"x\",\"limit\":0}|limit",
        "{\"text\":\"x\",\"limit\":101}|limit",
        "{\"text\":\"x\",\"limit\":\"5\"}|limit",
        "{\"text\":\"x\",\"limit\":5.5}|limit",
        "{\"text\":\"x\",\"highlights\":11}|highlights",
        "{\"text\":\"x\",\"highlights\":-1}|highlights",
        "{\"text\":\"x\",\"highlights\":true}|highlights",
        "{\"text\":\"x\",\"depth\":1001}|depth",
        "{\"text\":\"x\",\"depth\":9}|depth",
        "{\"text\":\"x\",\"diversity\":1.5}|diversity",
        "{\"text\":\"x\",\"diversity\":\"much\"}|diversity",
        "{\"text\":\"x\",\"after\":5}|after",
        "{\"text\":\"x\",\"offset\":5}|offset"
      })
  void wrongFieldIsNamed(String body, String field) {
    search(body).statusCode(400).body("errors[0].field", is(field));
  }

  @Test
  void textMayHaveTwoThousandCharactersAndNoMore() {
    findNothing();
    search("{\"text\":\"" + "x".repeat(2_000) + "\"}").statusCode(200);
    search("{\"text\":\"" + "x".repeat(2_001) + "\"}").statusCode(400);
  }

  private void findNothing() {
    GraphServiceFake.reply(path, 200, "{\"mode\":\"lexical\",\"hits\":[]}");
  }

  private ValidatableResponse search(String body) {
    return given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/v1/collections/{c}/search", collection)
        .then();
  }
}
