package relata.api.feature;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.api.testing.Features;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class FeatureIT {
  private String collection;
  private long generation;
  private long document;

  @BeforeEach
  void freshDocument() {
    collection = Collections.create();
    generation = Database.generation(collection);
    Collections.put(collection, "a", "A");
    document = Database.documentKey(collection, "a");
  }

  @Test
  void documentThatNobodyHasBegunHasNothingAndSaysWhy() {
    features("")
        .body("id", is("a"))
        .body("generation", is((int) generation))
        .body("version", is(1))
        .body("state", is("pending"))
        .body("storedVersion", nullValue())
        .body("description", nullValue())
        .body("embedding", nullValue())
        .body("chunkCount", is(0))
        .body("chunks", is(List.of()))
        .body("next", nullValue())
        .body("attempts", is(0))
        .body("error", nullValue())
        .body("nextRetryAt", nullValue())
        .body("why", startsWith("Not begun yet: it was written at 20"));
  }

  @Test
  void featuresAreShownWithWhereTheyComeFromAndNeverAVector() {
    Features.state(generation, document, "ready");
    Features.describe(generation, document, "What it is about.");
    Features.chunks(generation, document, 2);
    features("")
        .body("state", is("ready"))
        .body("storedVersion", is(1))
        .body("attempts", is(1))
        .body("description.text", is("What it is about."))
        .body("description.model", is("llama3.2"))
        .body("description.prompt", is("v1"))
        .body("description.promptSha256", is("ab".repeat(32)))
        .body("embedding.model", is("all-minilm"))
        .body("embedding.digest", is("d1"))
        .body("embedding.dimension", is(2))
        .body("chunkCount", is(2))
        .body("chunks.ordinal", is(List.of(0, 1)))
        .body("chunks[1].kind", is("paragraph"))
        .body("chunks[1].headingPath", is(List.of("A", "Part \"1\"")))
        .body("chunks[1].text", is("text 1"))
        .body("chunks[1].dimension", is(2))
        .body("chunks[1].keySet()", contains("ordinal", "kind", "headingPath", "text", "dimension"))
        .body("why", nullValue());
  }

  @Test
  void chunksComeInPagesThatSayWhatTheyLeaveOut() {
    Features.state(generation, document, "ready");
    Features.chunks(generation, document, 5);
    features("?limit=2")
        .body("chunkCount", is(5))
        .body("chunks.ordinal", is(List.of(0, 1)))
        .body("next", is("1"));
    features("?limit=2&after=3").body("chunks.ordinal", is(List.of(4))).body("next", nullValue());
    features("?limit=3&after=1")
        .body("chunks.ordinal", is(List.of(2, 3, 4)))
        .body("next", nullValue());
  }

  @Test
  void failureIsShownWithItsReasonAndWhenItIsTriedAgain() {
    Features.state(generation, document, "failed");
    Database.execute(
        """
        update feature.document_state
           set attempts = 2, error_code = 'timeout', error = 'Too slow.', stored_version = null,
               next_attempt_at = timestamptz '2099-01-02 03:04:05Z'
         where document_id = ?""",
        document);
    features("")
        .body("state", is("failed"))
        .body("attempts", is(2))
        .body("error.code", is("timeout"))
        .body("error.reason", is("Too slow."))
        .body("nextRetryAt", is("2099-01-02T03:04:05Z"))
        .body("why", is("After 2 tries: Too slow. It is tried again at 2099-01-02T03:04:05Z."));
  }

  @Test
  void editedDocumentShowsWhatIsServedMeanwhileAndNoErrorOfItsOlderVersion() {
    Features.state(generation, document, "dead");
    Features.chunks(generation, document, 1);
    Database.execute("update content.document set version = 2 where id = ?", document);
    features("")
        .body("version", is(2))
        .body("state", is("pending"))
        .body("storedVersion", is(1))
        .body("chunks.ordinal", is(List.of(0)))
        .body("attempts", is(0))
        .body("error", nullValue())
        .body("why", containsString("Meanwhile the features of version 1 are served."));
  }

  @Test
  void anotherGenerationIsAskedForByItsId() {
    Features.state(generation, document, "ready");
    Features.chunks(generation, document, 1);
    long building = Database.building(collection);
    features("?generation=" + building)
        .body("generation", is((int) building))
        .body("state", is("pending"))
        .body("chunkCount", is(0));
    Database.execute("update content.generation set paused = true where id = ?", building);
    features("?generation=" + building).body("why", is("Its generation is paused; resume it."));
  }

  @Test
  void whatIsNotThereIsNamed() {
    String other = Collections.create();
    problem("/v1/collections/%s/documents/b/features".formatted(collection), 404)
        .body("detail", is("There is no document 'b'."));
    problem("/v1/collections/nowhere/documents/a/features", 404)
        .body("detail", is("There is no collection 'nowhere'."));
    long foreign = Database.generation(other);
    problem(path("?generation=" + foreign), 404)
        .body("type", is("urn:relata:problem:unknown-generation"))
        .body("detail", is("Collection '%s' has no generation %d.".formatted(collection, foreign)));
  }

  @Test
  void parametersThatAreWrongAreNamed() {
    for (String wrong :
        List.of("generation=x", "generation=0", "limit=0", "limit=201", "after=x")) {
      problem(path("?" + wrong), 400)
          .body("errors[0].field", is(wrong.substring(0, wrong.indexOf('='))))
          .body("errors[0].detail", not(containsString("java")));
    }
  }

  private ValidatableResponse features(String query) {
    return given().get(path(query)).then().statusCode(200);
  }

  private static ValidatableResponse problem(String path, int status) {
    return given().get(path).then().statusCode(status).contentType("application/problem+json");
  }

  private String path(String query) {
    return "/v1/collections/%s/documents/a/features%s".formatted(collection, query);
  }
}
