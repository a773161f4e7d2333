package relata.api.problem;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class ProblemIT {
  private static final String DOCUMENT = "/v1/collections/{c}/documents/a";

  private static String collection;

  @BeforeEach
  void oneCollectionForAll() {
    if (collection == null) {
      collection = Collections.create();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-Match", "If-None-Match"})
  void emptyConditionIsRefusedAndNotTakenForNone(String name) {
    given()
        .header(name, "")
        .delete("/v1/collections/{c}/documents/guarded", collection)
        .then()
        .statusCode(400)
        .body("errors[0].field", is(name));
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
    refused(put(body), 400).body("detail", startsWith(detail));
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
    refused(put(body), 400)
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
    refused(put(body), 400).body("detail", notNullValue());
  }

  @Test
  void rawNulInTheBodyIsRefused() {
    refused(put("{\"title\":\"a\0b\"}"), 400)
        .body("detail", startsWith("Not valid JSON at line 1"));
  }

  @Test
  void deepNestingIsRefused() {
    refused(put("{\"title\":\"T\",\"metadata\":" + "{\"a\":".repeat(5_000)), 400)
        .body("detail", startsWith("The JSON is nested too deeply"));
  }

  @Test
  void bodyOverTheLimitIsSentToTheImport() {
    String body = "{\"title\":\"T\",\"body\":\"" + "x".repeat(1024 * 1024) + "\"}";
    refused(put(body), 413)
        .body("detail", allOf(containsString("1048576 bytes"), containsString("documents:bulk")));
  }

  @Test
  void bodyOfUnknownLengthEndsAtTheSameLimit() throws IOException, InterruptedException {
    byte[] body = ("{\"title\":\"T\",\"body\":\"" + "x".repeat(3_000_000) + "\"}").getBytes(UTF_8);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(url() + "/v1/collections/" + collection + "/documents/a"))
              .header("Content-Type", "application/json")
              .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertEquals(413, answer.statusCode());
    }
  }

  @Test
  void bodyAtTheLimitIsStored() {
    String frame = "{\"title\":\"T\",\"body\":\"\"}";
    String text = "x".repeat(1024 * 1024 - frame.length());
    given()
        .contentType(ContentType.JSON)
        .body(frame.replace("\"\"}", "\"" + text + "\"}"))
        .put("/v1/collections/{c}/documents/large", collection)
        .then()
        .statusCode(201);
  }

  @ParameterizedTest
  @CsvSource({"limit,0", "limit,1001", "limit,ten", "limit,1e3", "after,%%%", "after,YQAA"})
  void wrongParameterIsNamed(String name, String value) {
    Response answer =
        given().queryParam(name, value).get("/v1/collections/{c}/documents", collection);
    refused(answer, 400).body("errors[0].field", is(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/documents?limits=3|limits|after, limit",
        "GET|/graph?tops=3|tops|known are top.",
        "GET|/status?verbose|verbose|there are none",
        "GET|/generations?state=active|state|before, limit",
        "GET|/events?since=1|since|there are none",
        "POST|/search?limit=3|limit|there are none",
        "POST|/generations/1/switch?forced=true|forced|known are force.",
        "PUT|/recipe?dryrun=true|dryrun|known are dryRun, rebuild.",
      })
  void unknownParameterIsNamedWithThoseKnown(
      String method, String path, String name, String known) {
    Response answer =
        given()
            .contentType(ContentType.JSON)
            .body(method.equals("GET") ? "" : "{\"text\":\"a\"}")
            .request(method, "/v1/collections/" + collection + path);
    refused(answer, 400).body("errors[0].field", is(name)).body("detail", containsString(known));
  }

  @Test
  void unknownCollectionIsNamed() {
    for (String path :
        new String[] {
          "", "/documents", "/documents/a", "/documents/a/neighbors", "/graph", "/status"
        }) {
      refused(given().get("/v1/collections/nowhere" + path), 404)
          .body("type", is("urn:relata:problem:unknown-collection"))
          .body("detail", is("There is no collection 'nowhere'."));
    }
    refused(
            given()
                .contentType(ContentType.JSON)
                .body("{\"title\":\"T\"}")
                .put("/v1/collections/nowhere/documents/a"),
            404)
        .body("detail", is("There is no collection 'nowhere'."));
    refused(given().get("/v1/collections/NOT%00VALID/status"), 404);
  }

  @Test
  void unknownDocumentIsNamed() {
    refused(given().get("/v1/collections/{c}/documents/{id}", collection, "no/where"), 404)
        .body("detail", is("There is no document 'no/where'."));
  }

  @Test
  void idThatCannotBeKeptIsRefused() {
    for (String id : new String[] {"a%00b", "a%0Ab", "x".repeat(513), "%20"}) {
      Response answer =
          given()
              .urlEncodingEnabled(false)
              .contentType(ContentType.JSON)
              .body("{\"title\":\"T\"}")
              .put("/v1/collections/" + collection + "/documents/" + id);
      refused(answer, 400).body("errors[0].field", is("id"));
    }
  }

  @Test
  void pathThatWouldNameAnotherDocumentIsRefused() {
    for (String id : new String[] {"a;b", "a;b=c", "%ff", "a%ed%a0%80", "%c0%80"}) {
      Response answer =
          given()
              .urlEncodingEnabled(false)
              .contentType(ContentType.JSON)
              .body("{\"title\":\"T\"}")
              .put("/v1/collections/" + collection + "/documents/" + id);
      refused(answer, 400).body("errors[0].field", is("path"));
    }
  }

  @Test
  void theLongestIdCanBeReached() {
    String id = "%E6%BC%A2".repeat(512);
    given()
        .urlEncodingEnabled(false)
        .get("/v1/collections/" + collection + "/documents/" + id)
        .then()
        .statusCode(404);
  }

  @Test
  void nestedMetadataIsBounded() {
    String nested = "[".repeat(900) + "]".repeat(900);
    refused(put("{\"title\":\"T\",\"metadata\":{\"k\":" + nested + "}}"), 400)
        .body("errors[0].field", is("metadata"));
  }

  @Test
  void otherMediaTypeIsRefused() {
    Response answer = given().contentType(ContentType.TEXT).body("T").put(DOCUMENT, collection);
    refused(answer, 415).body("detail", containsString("application/json"));
    Response json =
        given()
            .contentType(ContentType.JSON)
            .body("{}")
            .urlEncodingEnabled(false)
            .post("/v1/collections/" + collection + "/documents:bulk");
    refused(json, 415).body("detail", containsString("application/x-ndjson"));
  }

  @Test
  void pathWithNothingBehindItIsNamed() {
    refused(given().get("/v1/nothing"), 404).body("detail", endsWith("/v1/nothing."));
    refused(given().get("/nothing"), 404).body("status", is(404));
    refused(given().get("/v1/collections/c/nothing"), 404).body("status", is(404));
  }

  @Test
  void wrongMethodIsRefused() {
    refused(given().delete("/v1/collections"), 405).body("status", is(405));
    refused(given().post(DOCUMENT, collection), 405).body("status", is(405));
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

  /** Every refusal has the same form and says nothing of the inside. */
  private static ValidatableResponse refused(Response answer, int status) {
    return answer
        .then()
        .log()
        .ifStatusCodeMatches(not(is(status)))
        .statusCode(status)
        .contentType(Problem.MEDIA_TYPE)
        .body("type", startsWith("urn:relata:problem:"))
        .body("title", notNullValue())
        .body("status", is(status))
        .body("detail", notNullValue())
        .body(
            not(
                matchesPattern(
                    "(?s).*(relata\\.api|io\\.|com\\.fasterxml|java\\.|Exception|[Ss]elect |"
                        + "insert into|Source:).*")));
  }

  private static String url() {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    return "http://localhost:" + port;
  }
}
