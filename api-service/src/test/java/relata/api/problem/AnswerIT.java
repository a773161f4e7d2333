package relata.api.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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

  /** Where a page of the service itself would be from, before its port. */
  private static final String OWN = "http://localhost:";

  /** Headers that say which origins may read an answer, or that it is another one for another. */
  private static final Predicate<String> ORIGIN =
      Pattern.compile("(?i)access-control-.*|vary=.*\\borigin\\b.*").asMatchPredicate();

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

  /**
   * CORS is off. If it were on, other origins would be refused, even with none allowed, and the
   * service's own would be told that it may; so it makes no difference here where a page is from.
   */
  @Test
  void noPageIsLetInAndNobodyAsksWhereOneIsFrom() {
    for (Function<RequestSpecification, Response> request :
        List.<Function<RequestSpecification, Response>>of(
            page -> preflight(page).options("/v1/collections"),
            page -> page.get("/v1/collections"),
            page -> page.get("/v1/collections/nowhere"),
            page -> json(page, "{}").post("/v1/collections"),
            page -> page.get("/q/openapi"))) {
      Response unasked = request.apply(given());
      for (String origin : List.of("https://elsewhere.example", OWN + RestAssured.port, "null")) {
        Response answer = request.apply(given().header("Origin", origin));
        assertEquals(unasked.statusLine(), answer.statusLine(), origin);
        assertEquals(
            List.of(),
            answer.headers().asList().stream().map(Header::toString).filter(ORIGIN).toList());
      }
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

  private static RequestSpecification preflight(RequestSpecification page) {
    return page.header("Access-Control-Request-Method", "PUT")
        .header("Access-Control-Request-Headers", "authorization");
  }

  private static RequestSpecification json(String body) {
    return json(given(), body);
  }

  private static RequestSpecification json(RequestSpecification request, String body) {
    return request.contentType(ContentType.JSON).body(body);
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
