package relata.api.problem;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;

/** What every refusal has in common. */
final class Refusal {
  private Refusal() {}

  /** Every refusal has the same form and says nothing of the inside. */
  static ValidatableResponse demand(Response answer, int status) {
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
}
