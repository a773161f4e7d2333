package relata.api.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.testing.Collections;
import relata.local.testing.BackendsResource;

/** Parameters and conditions that an operation does not have, or not so. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class ParameterIT {
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
  @CsvSource({"limit,0", "limit,1001", "limit,ten", "limit,1e3", "after,%%%", "after,YQAA"})
  void wrongParameterIsNamed(String name, String value) {
    Response answer =
        given().queryParam(name, value).get("/v1/collections/{c}/documents", collection);
    Refusal.demand(answer, 400).body("errors[0].field", is(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/documents?limits=3|limits|after, limit",
        "GET|/graph?tops=3|tops|known are around, depth, minSimilarity, nodes, top.",
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
    Refusal.demand(answer, 400)
        .body("errors[0].field", is(name))
        .body("detail", containsString(known));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT|/recipe?dryRun|dryRun|has no value",
        "PUT|/recipe?dryRun=|dryRun|has no value",
        "PUT|/recipe?dryRun=true&dryRun=false|dryRun|is given more than once",
        "GET|/documents?after=&limit=3|after|has no value",
      })
  void parameterThatDoesNotSayOneThingIsRefusedAndNotLeftOut(
      String method, String path, String name, String why) {
    Response answer =
        given()
            .urlEncodingEnabled(false)
            .contentType(ContentType.JSON)
            .body(method.equals("GET") ? "" : "{}")
            .request(method, "/v1/collections/" + collection + path);
    Refusal.demand(answer, 400)
        .body("errors[0].field", is(name))
        .body("detail", containsStringIgnoringCase(why));
  }
}
