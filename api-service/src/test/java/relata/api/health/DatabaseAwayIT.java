package relata.api.health;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.api.testing.Internals;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(value = DatabaseAwayIT.ClosedPort.class, restrictToAnnotatedClass = true)
class DatabaseAwayIT {
  @Test
  void serviceStartsAndLivesAndIsNotReady() {
    given().get("/q/health/live").then().statusCode(200);
    given().get("/q/health/ready").then().statusCode(503).body("status", is("DOWN"));
  }

  @Test
  void requestsAreToldToComeBack() {
    away(given().get("/v1/collections"));
    away(given().get("/v1/collections/notes"));
    away(given().get("/v1/collections/notes/status"));
    away(
        given()
            .contentType(ContentType.JSON)
            .body("{\"title\":\"T\"}")
            .put("/v1/collections/notes/documents/a"));
    away(
        given()
            .contentType("application/x-ndjson")
            .body("{\"id\":\"a\",\"title\":\"T\"}".getBytes(UTF_8))
            .urlEncodingEnabled(false)
            .post("/v1/collections/notes/documents:bulk"));
  }

  private static void away(Response answer) {
    answer
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .body(Internals.none())
        .body("type", is("urn:relata:problem:database-away"));
  }

  /** An address at which no database answers. */
  public static final class ClosedPort implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      try (ServerSocket free = new ServerSocket(0)) {
        String nobody = "postgresql://127.0.0.1:" + free.getLocalPort() + "/relata";
        return Map.of(
            "quarkus.datasource.reactive.url",
            nobody,
            "quarkus.datasource.background.reactive.url",
            nobody,
            "relata.database.wait-timeout",
            "1s");
      } catch (IOException failed) {
        throw new IllegalStateException(failed);
      }
    }

    @Override
    public void stop() {}
  }
}
