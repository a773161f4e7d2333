package relata.api.bulk;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class BulkIT {
  private String collection;

  @BeforeEach
  void freshCollection() {
    collection = Collections.create();
  }

  @Test
  void everyLineIsAnsweredInOrder() {
    assertEquals(
        List.of("1 a created 1", "3 b created 1", "4 c created 1"),
        Imports.summaries(
            collection,
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
    Imports.summaries(
        collection, "{\"id\":\"a\",\"title\":\"A\"}\n{\"id\":\"b\",\"title\":\"B\"}\n");
    assertEquals(
        List.of("1 a unchanged 1", "2 b updated 2", "3 c created 1"),
        Imports.summaries(
            collection,
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
        List.of("1 a unchanged 1"),
        Imports.summaries(collection, "{\"id\":\"a\",\"title\":\"A\",\"body\":\"A\"}"));
  }

  @Test
  void laterLineOfTheSameIdWinsAndBothAnswersAreTrue() {
    assertEquals(
        List.of("1 a created 1", "2 b created 1", "3 a updated 2", "4 a unchanged 2"),
        Imports.summaries(
            collection,
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
        Imports.answers(
                collection,
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
            .map(Imports::outcomeAndField)
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
    assertEquals(2, Imports.documents(collection));
  }

  @Test
  void placeInALineIsAColumnForTheLineHasItsNumber() {
    assertEquals(
        "Not valid JSON at column 1.",
        Imports.answers(collection, "{\"id\":\"a\",\"title\":\"A\"}\n]\n")
            .get(1)
            .at("/error/detail")
            .asText());
  }

  @Test
  void importIntoAnUnknownCollectionIsRefused() {
    Imports.bulk("nowhere", "{\"id\":\"a\",\"title\":\"A\"}")
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
    assertEquals(List.of(), Imports.answers(collection, "\n"));
    assertEquals(List.of(), Imports.answers(collection, ""));
  }
}
