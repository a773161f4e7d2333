package relata.api.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.api.testing.Internals;
import relata.local.testing.BackendsResource;

/** What every answer has in its head, and no problem in its body. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class AnswerIT {
  private static final String DOCUMENT = "/v1/collections/{c}/documents/a";

  @Test
  void noAnswerIsRunFramedOrGuessedAtByABrowser() {
    for (Response answer :
        List.of(
            given().get("/v1/collections"),
            given().get("/v1/collections/nowhere"),
            given().get("/nothing"),
            given().delete("/v1/collections"),
            given().get("/q/health/live"),
            given().get("/q/openapi"))) {
      answer
          .then()
          .header("Content-Security-Policy", is("default-src 'none'; frame-ancestors 'none'"))
          .header("X-Content-Type-Options", is("nosniff"))
          .header("Referrer-Policy", is("no-referrer"))
          .header("Strict-Transport-Security", nullValue())
          .header("Server", nullValue())
          .header("X-Powered-By", nullValue());
    }
  }

  @Test
  void whatATenantIsAnsweredIsKeptByNobodyElse() {
    given().get("/v1/collections").then().header("Cache-Control", is("private, no-cache"));
    given().get("/v1/collections/nowhere").then().header("Cache-Control", is("private, no-cache"));
  }

  @Test
  void pagesOfOtherOriginsAreNotLetIn() {
    Response asked =
        from("https://elsewhere.example")
            .header("Access-Control-Request-Method", "PUT")
            .header("Access-Control-Request-Headers", "authorization")
            .options("/v1/collections");
    for (Response answer :
        List.of(asked, from("https://elsewhere.example").get("/v1/collections"))) {
      answer
          .then()
          .header("Access-Control-Allow-Origin", nullValue())
          .header("Access-Control-Allow-Methods", nullValue())
          .header("Access-Control-Allow-Credentials", nullValue());
    }
  }

  @Test
  void whatIsWrongWithARequestIsSaidWithoutAWordOfHowItIsRead() {
    String collection = Collections.create();
    for (String body :
        List.of(
            "{", "[]", "\"x\"", "{\"title\":1}", "{\"titel\":\"T\"}", "{\"title\":\"a\",}", "")) {
      problem(json(body).put(DOCUMENT, collection), 400);
    }
    problem(json("{\"name\":7}").post("/v1/collections"), 400);
    problem(
        json("{\"mode\":\"x\",\"text\":[]}").post("/v1/collections/{c}/search", collection), 400);
    problem(given().get("/v1/collections?limit=x"), 400);
    problem(given().get("/v1/collections/%00"), 404);
    problem(given().urlEncodingEnabled(false).get("/v1/collections/%ff"), 400);
    problem(given().get("/v1/nothing"), 404);
    problem(given().patch("/v1/collections"), 405);
    problem(given().accept("image/png").get("/v1/collections"), 406);
    problem(given().contentType("text/plain").body("x").put(DOCUMENT, collection), 415);
    problem(json("\"" + "x".repeat(1 << 20) + "\"").put(DOCUMENT, collection), 413);
  }

  @Test
  void aFaultOfTheServiceIsSaidWithoutAWordOfIt() {
    Database.execute("alter table content.prompt rename to prompt_away");
    try {
      problem(given().get("/v1/prompts"), 500).body("detail", containsString("its log"));
    } finally {
      Database.execute("alter table content.prompt_away rename to prompt");
    }
  }

  private static RequestSpecification from(String origin) {
    return given().header("Origin", origin);
  }

  private static RequestSpecification json(String body) {
    return given().contentType(ContentType.JSON).body(body);
  }

  private static ValidatableResponse problem(Response answer, int status) {
    return answer
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("status", is(status))
        .body(Internals.none());
  }
}
