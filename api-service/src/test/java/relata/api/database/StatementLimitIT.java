package relata.api.database;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

/** A statement that does not end is ended. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestProfile(StatementLimitIT.EightSeconds.class)
class StatementLimitIT {
  public static final class EightSeconds implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("relata.database.statement-timeout", "8s");
    }
  }

  @Test
  void whoWaitsForALockForTooLongIsToldToComeBack() throws Exception {
    String collection = Collections.create();
    try (Connection lock = Database.connect();
        Statement statement = lock.createStatement()) {
      lock.setAutoCommit(false);
      statement.execute(
          "select 1 from content.collection where name = '" + collection + "' for update");
      given()
          .contentType("application/json")
          .body("{\"title\":\"T\"}")
          .put("/v1/collections/{c}/documents/a", collection)
          .then()
          .statusCode(503)
          .body("type", is("urn:relata:problem:database-away"));
      given().delete("/v1/collections/{c}", collection).then().statusCode(503);
    }
    Collections.put(collection, "a", "T");
  }
}
