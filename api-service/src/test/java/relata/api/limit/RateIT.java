package relata.api.limit;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.api.access.Keys;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

/** A caller that sends too much is told so, and no other is. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestProfile(RateIT.OnceInAMinute.class)
class RateIT {
  private static final int BURST = 5;

  /** As docs/runbook.md has it. */
  private static final String WHO_IS_REFUSED =
      "select count(*) from content.rate_budget"
          + " where left_over < 1 and counted_at > now() - interval '1 minute'";

  /** Five at once, and then none while the test runs. */
  public static final class OnceInAMinute implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(new Keys.Required().getConfigOverrides());
      settings.put("relata.rate.per-second", "1");
      settings.put("relata.rate.burst", "" + BURST);
      settings.put("relata.rate.timeout", "3s");
      return settings;
    }
  }

  @Test
  void whoSendsTooMuchIsToldWhenToGoOnAndNobodyElseIs() {
    String wild = Keys.make("wild", "read");
    String calm = Keys.make("wild", "read");
    read(wild)
        .then()
        .statusCode(200)
        .header("RateLimit-Policy", is("\"caller\";q=5;w=5"))
        .header("RateLimit", is("\"caller\";r=4;t=1"));
    Response refused = untilRefused(wild);
    refused
        .then()
        .contentType("application/problem+json")
        .header("Retry-After", is("1"))
        .header("RateLimit", matchesPattern("\"caller\";r=0;t=[45]"))
        .body("type", is("urn:relata:problem:too-many-requests"))
        .body("detail", notNullValue());
    assertEquals(1, Database.number(WHO_IS_REFUSED + " and caller like 'wild/%'"));
    read(calm).then().statusCode(200);
    assertTrue(RestAssured.get("/q/metrics").asString().contains("relata_rate_refused_total"));
  }

  @Test
  void strangersHaveNoShareToTellThemOf() {
    RestAssured.get("/v1/collections").then().statusCode(401).header("RateLimit", nullValue());
  }

  @Test
  void whileTheCountsCannotBeReadEachReplicaCountsByItself() throws SQLException {
    String key = Keys.make("alone", "read");
    try (Connection lock = Database.connect();
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute("lock table content.rate_budget in access exclusive mode");
      read(key).then().statusCode(200);
      assertEquals(429, untilRefused(key).statusCode());
    }
  }

  /** More often than the seconds that it takes bring it new ones. */
  private static Response untilRefused(String key) {
    for (int i = 0; i < 20 * BURST; i++) {
      Response answer = read(key);
      if (answer.statusCode() == 429) {
        return answer;
      }
    }
    throw new AssertionError("never refused");
  }

  private static Response read(String key) {
    return Keys.with(key).get("/v1/collections");
  }
}
