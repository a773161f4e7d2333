package relata.api.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

/** What is wrong in the body of a document is said where it is. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class DocumentBodyIT {
  private static final String DOCUMENT = "/v1/collections/{c}/documents/a";

  private static String collection;

  @BeforeEach
  void oneCollectionForAll() {
    if (collection == null) {
      collection = Collections.create();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"title\":\"T\"|The JSON ends too early at line 1, column",
        "{\"title\":|The JSON ends too early at line 1, column",
        "{\"title\":\"T\",}|Not valid JSON at line 1, column 14.",
        "title|Not valid JSON at line 1",
        "{\"title\":\"T\"} x|Not valid JSON at line 1",
        "{\"title\":\"T\",\"title\":\"U\"}|Duplicate field 'title' at line 1",
      })
  void brokenJsonIsLocated(String body, String detail) {
    Refusal.demand(put(body), 400).body("detail", startsWith(detail));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"title\":\"T\",\"autor\":\"x\"}|autor|Unknown field; known are body, format, metadata,"
            + " title.",
        "{\"title\":5}|title|Must be text.",
        "{\"title\":true}|title|Must be text.",
        "{\"title\":[\"T\"]}|title|Must be text.",
        "{\"title\":\"T\",\"metadata\":\"x\"}|metadata|Must be a JSON object.",
        "{\"title\":\"T\",\"metadata\":[1]}|metadata|Must be a JSON object.",
        "{\"body\":\"B\"}|title|Is missing.",
        "{\"title\":null}|title|Is missing.",
        "{\"title\":\" \"}|title|Must not be blank.",
        "{\"title\":\"a\\u0000b\"}|title|Must not contain control characters.",
        "{\"title\":\"T\",\"body\":\"a\\u0000b\"}|body|Must not contain NUL characters.",
        "{\"title\":\"T\",\"body\":\"\\ud800\"}|body|Must not contain half of a surrogate pair.",
        "{\"title\":\"T\",\"metadata\":{\"k\":\"\\u0000\"}}|metadata|Must not contain NUL"
            + " characters.",
        "{\"title\":\"T\",\"format\":\"html\"}|format|Must be markdown or plain."
      })
  void wrongFieldIsNamed(String body, String field, String detail) {
    Refusal.demand(put(body), 400)
        .body("errors.size()", is(1))
        .body("errors[0].field", is(field))
        .body("errors[0].detail", is(detail));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"[]", "null", "\"text\"", "7", "``"})
  void bodyThatIsNoObjectIsRefused(String body) {
    Refusal.demand(put(body), 400).body("detail", notNullValue());
  }

  @Test
  void rawNulInTheBodyIsRefused() {
    Refusal.demand(put("{\"title\":\"a\0b\"}"), 400)
        .body("detail", startsWith("Not valid JSON at line 1"));
  }

  @Test
  void deepNestingIsRefused() {
    Refusal.demand(put("{\"title\":\"T\",\"metadata\":" + "{\"a\":".repeat(5_000)), 400)
        .body("detail", startsWith("The JSON is nested too deeply"));
  }

  @Test
  void nestedMetadataIsBounded() {
    String nested = "[".repeat(900) + "]".repeat(900);
    Refusal.demand(put("{\"title\":\"T\",\"metadata\":{\"k\":" + nested + "}}"), 400)
        .body("errors[0].field", is("metadata"));
  }

  @Test
  void refusedWritesLeaveNothingBehind() {
    String fresh = Collections.create();
    put(fresh, "{\"title\":\"T\",\"x\":1}");
    put(fresh, "{\"title\":\"a\\u0000\"}");
    put(fresh, "{\"title\":");
    assertEquals(
        0,
        Database.number(
            """
            select count(*) from content.document d
              join content.collection c on c.id = d.collection_id where c.name = ?""",
            fresh));
  }

  private static Response put(String body) {
    return put(collection, body);
  }

  private static Response put(String collection, String body) {
    return given().contentType(ContentType.JSON).body(body).put(DOCUMENT, collection);
  }
}
