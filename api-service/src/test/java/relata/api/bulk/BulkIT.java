package relata.api.bulk;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class BulkIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private String collection;

  @BeforeEach
  void freshCollection() {
    collection = Collections.create();
  }

  @Test
  void everyLineIsAnsweredInOrder() {
    assertEquals(
        List.of("1 a created 1", "3 b created 1", "4 c created 1"),
        summaries(
            """
            {"id":"a","title":"A"}

            {"id":"b","title":"B","body":"text","format":"plain","metadata":{"k":[1]}}
            {"id":"c","title":"C"}"""));
    given()
        .get("/v1/collections/{c}/documents/b", collection)
        .then()
        .body("body", is("text"))
        .body("format", is("plain"))
        .body("metadata.k[0]", is(1));
  }

  @Test
  void secondImportChangesWhatDiffersAndNothingElse() {
    summaries("{\"id\":\"a\",\"title\":\"A\"}\n{\"id\":\"b\",\"title\":\"B\"}\n");
    assertEquals(
        List.of("1 a unchanged 1", "2 b updated 2", "3 c created 1"),
        summaries(
            """
            {"title":"A","id":"a","metadata":{}}
            {"id":"b","title":"B2"}
            {"id":"c","title":"C"}
            """));
  }

  @Test
  void importedDocumentIsTheSameAsASingleOne() {
    Collections.put(collection, "a", "A");
    assertEquals(
        List.of("1 a unchanged 1"), summaries("{\"id\":\"a\",\"title\":\"A\",\"body\":\"A\"}"));
  }

  @Test
  void laterLineOfTheSameIdWinsAndBothAnswersAreTrue() {
    assertEquals(
        List.of("1 a created 1", "2 b created 1", "3 a updated 2", "4 a unchanged 2"),
        summaries(
            """
            {"id":"a","title":"first"}
            {"id":"b","title":"B"}
            {"id":"a","title":"second"}
            {"id":"a","title":"second"}
            """));
    given()
        .get("/v1/collections/{c}/documents/a", collection)
        .then()
        .body("title", is("second"))
        .body("version", is(2));
  }

  @Test
  void wrongLineIsRejectedByNameAndTheOthersAreStored() {
    List<String> answers =
        answers(
                """
                {"id":"a","title":"A"}
                {"id":"b","title":
                {"id":"c","title":"C","autor":"x"}
                {"id":"d"}
                {"id":"e","title":"x\\u0000"}
                {"id":"f","title":5}
                {"id":"","title":"T"}
                {"id":"x\\ny","title":"T"}
                {"title":"T"}
                [1]
                null
                {"id":"g","title":"G","metadata":[]}
                {"id":"h","title":"H","format":"pdf"}
                {"id":"z","title":"Z"}
                """)
            .stream()
            .map(BulkIT::outcomeAndField)
            .toList();
    assertEquals(
        List.of(
            "1 a created null",
            "2 null rejected null",
            "3 null rejected autor",
            "4 d rejected title",
            "5 e rejected title",
            "6 null rejected title",
            "7 null rejected id",
            "8 null rejected id",
            "9 null rejected id",
            "10 null rejected null",
            "11 null rejected null",
            "12 null rejected metadata",
            "13 h rejected format",
            "14 z created null"),
        answers);
    assertEquals(2, documents());
  }

  @Test
  void lineOverTheBoundIsRejectedAndTheImportGoesOn() {
    String long1 = "{\"id\":\"a\",\"title\":\"A\",\"body\":\"" + "x".repeat(1024 * 1024) + "\"}";
    List<JsonNode> answers = answers(long1 + "\n{\"id\":\"b\",\"title\":\"B\"}\n" + long1 + "\n");
    assertEquals(
        List.of("1 null rejected", "2 b created", "3 null rejected"),
        answers.stream().map(a -> summary(a).replaceAll(" (null|1)$", "")).toList());
    assertTrue(answers.get(0).at("/error/detail").textValue().contains("1048576 bytes"));
  }

  @Test
  void importIsNotBoundByTheLimitOfASingleBody() {
    String text = "x".repeat(100_000);
    String lines =
        IntStream.range(0, 60)
            .mapToObj(i -> "{\"id\":\"%d\",\"title\":\"T\",\"body\":\"%s\"}".formatted(i, text))
            .collect(Collectors.joining("\n"));
    assertEquals(60, answers(lines).size());
    assertEquals(60, documents());
  }

  @Test
  void fifteenHundredDocumentsTakeAFewSeconds() {
    String lines =
        IntStream.range(0, 1_500)
            .mapToObj(
                i ->
                    "{\"id\":\"d/%d\",\"title\":\"Title %d\",\"body\":\"%s\"}"
                        .formatted(i, i, "some words ".repeat(100)))
            .collect(Collectors.joining("\n"));
    Instant start = Instant.now();
    List<JsonNode> answers = answers(lines);
    Duration taken = Duration.between(start, Instant.now());
    assertEquals(1_500, answers.size());
    assertEquals(1_500, documents());
    assertTrue(taken.compareTo(Duration.ofSeconds(10)) < 0, taken::toString);
    assertTrue(
        answers(lines).stream().allMatch(a -> "unchanged".equals(a.get("outcome").asText())));
  }

  @Test
  void importsOfTheSameDocumentsAtOnceDoNotLockEachOtherOut() throws InterruptedException {
    List<Integer> order = IntStream.range(0, 150).boxed().toList();
    Callable<List<String>> forwards = () -> summaries(lines(order));
    Callable<List<String>> backwards = () -> summaries(lines(order.reversed()));
    List<String> outcomes;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      outcomes =
          clients.invokeAll(List.of(forwards, backwards, forwards, backwards)).stream()
              .map(Future::resultNow)
              .flatMap(List::stream)
              .map(summary -> summary.split(" ", -1)[2])
              .toList();
    }
    assertEquals(150, frequency(outcomes, "created"));
    assertEquals(450, frequency(outcomes, "unchanged"));
  }

  @Test
  void importIntoAnUnknownCollectionIsRefused() {
    bulk("nowhere", "{\"id\":\"a\",\"title\":\"A\"}")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", is("There is no collection 'nowhere'."));
  }

  @Test
  void colonOfThePathMayBeEncoded() {
    given()
        .contentType("application/x-ndjson")
        .body("{\"id\":\"a\",\"title\":\"A\"}".getBytes(UTF_8))
        .post("/v1/collections/{c}/{action}", collection, "documents:bulk")
        .then()
        .statusCode(200);
  }

  @Test
  void emptyImportHasNoAnswers() {
    assertEquals(List.of(), answers("\n"));
    assertEquals(List.of(), answers(""));
  }

  @Test
  void databaseErrorStopsTheImportAtItsLineAndSaysSo() {
    Database.execute("alter table content.document add constraint no_bomb check (title <> 'bomb')");
    try {
      String good = lines(IntStream.range(0, 100).boxed().toList());
      bulk(collection, good + "\n{\"id\":\"bomb\",\"title\":\"bomb\"}\n")
          .then()
          .statusCode(500)
          .contentType("application/problem+json")
          .body("line", is(101))
          .body("detail", startsWith("The lines before line 101 were dealt with"));
      assertEquals(100, documents());
    } finally {
      Database.execute("alter table content.document drop constraint no_bomb");
    }
    assertFalse(answers("{\"id\":\"bomb\",\"title\":\"bomb\"}").isEmpty());
  }

  private static String lines(List<Integer> ids) {
    return ids.stream()
        .map(i -> "{\"id\":\"%d\",\"title\":\"Title %d\"}".formatted(i, i))
        .collect(Collectors.joining("\n"));
  }

  private static long frequency(List<String> values, String value) {
    return values.stream().filter(value::equals).count();
  }

  private List<String> summaries(String lines) {
    return answers(lines).stream().map(BulkIT::summary).toList();
  }

  private static String summary(JsonNode answer) {
    return "%s %s %s %s"
        .formatted(
            answer.get("line"),
            answer.path("id").asText("null"),
            answer.get("outcome").asText(),
            answer.path("version").asText("null"));
  }

  private static String outcomeAndField(JsonNode answer) {
    return "%s %s %s %s"
        .formatted(
            answer.get("line"),
            answer.path("id").asText("null"),
            answer.get("outcome").asText(),
            answer.at("/error/field").asText("null"));
  }

  private List<JsonNode> answers(String lines) {
    Response response = bulk(collection, lines);
    response.then().statusCode(200).contentType("application/x-ndjson");
    return response.asString().lines().map(BulkIT::json).toList();
  }

  private static Response bulk(String collection, String lines) {
    return given()
        .contentType("application/x-ndjson")
        .urlEncodingEnabled(false)
        .body(lines.getBytes(UTF_8))
        .post("/v1/collections/" + collection + "/documents:bulk");
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException broken) {
      throw new AssertionError(broken);
    }
  }

  private long documents() {
    return Database.number(
        """
        select count(*) from content.document d join content.collection c on c.id = d.collection_id
         where c.name = ?""",
        collection);
  }
}
