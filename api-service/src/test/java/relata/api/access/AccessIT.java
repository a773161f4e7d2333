package relata.api.access;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.api.access.Operations.Operation;
import relata.api.testing.Database;
import relata.local.client.ApiException;
import relata.local.client.KeysClient;
import relata.local.client.RelataClient;
import relata.local.testing.BackendsResource;

/** Nobody does anything without a key, or more than their key says. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestProfile(Keys.Required.class)
class AccessIT {
  /** More than a key is known for. */
  private static final Duration SOON = Duration.ofMinutes(1);

  @Test
  void everyOperationRefusesStrangersAndScopesThatAreTooSmallAndNobodyElse() {
    Map<String, String> keys = new HashMap<>();
    for (String scope : Scope.OF_KEYS) {
      keys.put(scope, Keys.make("walker", scope));
    }
    String wrong = keys.get(Scope.READ).replaceFirst(".{4}$", "0000");
    int refusals = 0;
    List<Operation> operations = Operations.all();
    for (Operation operation : operations) {
      refused(call(operation, given()), operation, 401, "not-authenticated");
      refused(call(operation, Keys.with(wrong)), operation, 401, "not-authenticated");
      refusals += 2;
      for (String scope : Scope.OF_KEYS) {
        if (scope.equals(operation.scope())) {
          int status = call(operation, Keys.with(keys.get(scope))).statusCode();
          assertTrue(status != 401 && status != 403, operation + " " + status);
        } else {
          refused(call(operation, Keys.with(keys.get(scope))), operation, 403, "scope-missing")
              .header("WWW-Authenticate", containsString("scope=\"" + operation.scope() + "\""));
          refusals++;
        }
      }
    }
    System.out.printf("access: operations=%d refusals=%d%n", operations.size(), refusals);
    assertTrue(operations.size() > 45, "only " + operations.size());
  }

  private static ValidatableResponse refused(
      Response answer, Operation operation, int status, String type) {
    assertEquals(status, answer.statusCode(), operation + ": " + answer.asString());
    return answer
        .then()
        .contentType("application/problem+json")
        .header("WWW-Authenticate", containsString("Bearer realm=\"relata\""))
        .body("type", is("urn:relata:problem:" + type))
        .body("detail", notNullValue());
  }

  private static Response call(Operation operation, RequestSpecification caller) {
    caller.urlEncodingEnabled(false);
    if (!operation.bodyType().isEmpty()) {
      caller.header("Content-Type", operation.bodyType()).body("{}".getBytes(UTF_8));
    }
    return caller.request(
        operation.method(),
        operation.path().replaceAll("\\{generation}|\\{run}", "1").replaceAll("\\{\\w+}", "x"));
  }

  @Test
  void healthMetersAndTheDescriptionAskNobody() {
    for (String path : List.of("/q/health/live", "/q/health/ready", "/q/metrics", "/q/openapi")) {
      given().get(path).then().statusCode(200);
    }
  }

  @Test
  void aKeyIsShownOnceAndOnlyItsHashIsKept() {
    String key = Keys.make("shown", Scope.ADMIN);
    String secret = key.substring(key.lastIndexOf('_') + 1);
    Keys.with(key).get("/v1/keys").then().statusCode(200).body("keys.key", everyItem(nullValue()));
    assertEquals(
        0,
        Database.number(
            "select count(*) from content.api_key k where k::text like ?", "%" + secret + "%"));
    assertEquals(
        1,
        Database.number(
            "select count(*) from content.api_key where secret_hash = sha256(?::bytea)",
            secret.getBytes(UTF_8)));
  }

  @Test
  void aRevokedKeyEndsAtOnceAndSoonIfAnotherReplicaRevokedIt() {
    String admin = Keys.make("revoked", Scope.ADMIN);
    String here = Keys.make("revoked", Scope.READ);
    String elsewhere = Keys.make("revoked", Scope.READ);
    reads(here, 200);
    reads(elsewhere, 200);
    Keys.with(admin).delete("/v1/keys/{k}", Keys.id(here)).then().statusCode(204);
    reads(here, 401);
    Database.execute(
        "update content.api_key set revoked_at = now() where id = ?", Keys.id(elsewhere));
    await().atMost(SOON).untilAsserted(() -> reads(elsewhere, 401));
    Keys.with(admin)
        .get("/v1/keys")
        .then()
        .body("keys.find { it.id == '%s' }.revokedAt".formatted(Keys.id(here)), notNullValue());
  }

  @Test
  void aKeyEndsByItself() {
    String key = Keys.make("ending", Scope.READ);
    reads(key, 200);
    Database.execute("update content.api_key set expires_at = now() where id = ?", Keys.id(key));
    await().atMost(SOON).untilAsserted(() -> reads(key, 401));
  }

  @Test
  void aRotatedKeyWorksBesideItsSuccessorForAsLongAsWasSaid() {
    String admin = Keys.make("rotated", Scope.ADMIN);
    String old = Keys.make("rotated", Scope.READ, Scope.WRITE);
    String successor = rotate(admin, old, "{}");
    assertNotEquals(old, successor);
    reads(old, 200);
    reads(successor, 200);
    String third = rotate(admin, successor, "{\"overlapSeconds\":0}");
    reads(successor, 401);
    reads(third, 200);
    Keys.with(admin)
        .get("/v1/keys")
        .then()
        .body(
            "keys.find { it.id == '%s' }.scopes".formatted(Keys.id(third)),
            is(List.of("read", "write")));
  }

  private static String rotate(String admin, String key, String body) {
    return Keys.with(admin)
        .contentType("application/json")
        .body(body)
        .post("/v1/keys/{k}/rotate", Keys.id(key))
        .then()
        .statusCode(201)
        .header("Cache-Control", "no-store")
        .extract()
        .jsonPath()
        .getString("key");
  }

  @Test
  void useOfAKeyIsNoted() {
    String admin = Keys.make("used", Scope.ADMIN);
    reads(Keys.make("used", Scope.READ), 200);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                Keys.with(admin)
                    .get("/v1/keys")
                    .then()
                    .body("keys.lastUsedAt", everyItem(notNullValue())));
  }

  @Test
  void aTenantsKeysAreItsOwnAndTheOperatorSeesNoData() {
    String ours = Keys.make("ours", Scope.ADMIN);
    String theirs = Keys.make("theirs", Scope.READ);
    String id = Keys.id(theirs);
    Keys.with(ours).delete("/v1/keys/{k}", id).then().statusCode(404);
    Keys.with(ours)
        .contentType("application/json")
        .body("{}")
        .post("/v1/keys/{k}/rotate", id)
        .then()
        .statusCode(404);
    Keys.with(ours).get("/v1/keys").then().body("keys.id", not(hasItem(id)));
    Keys.with(ours).get("/v1/keys?tenant=theirs").then().statusCode(400);
    Keys.post(Keys.with(ours), "?tenant=theirs", Scope.READ).statusCode(400);
    Keys.operator().get("/v1/keys").then().statusCode(400).body("errors.field", hasItem("tenant"));
    Keys.operator().get("/v1/keys?tenant=theirs").then().body("keys.id", hasItem(id));
    Keys.operator().get("/v1/collections").then().statusCode(403);
    reads(theirs, 200);
  }

  @Test
  void whatAKeyIsToBeIsChecked() {
    String admin = Keys.make("checked", Scope.ADMIN);
    Keys.post(Keys.with(admin), "", "everything")
        .statusCode(400)
        .body("errors.field", is(List.of("scopes")));
    Keys.post(Keys.with(admin), "", Scope.OPERATOR).statusCode(400);
    for (String end : List.of("yesterday", "2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z")) {
      Keys.with(admin)
          .contentType("application/json")
          .body(Map.of("name", "n", "scopes", List.of("read"), "expiresAt", end))
          .post("/v1/keys")
          .then()
          .statusCode(400)
          .body("errors.field", is(List.of("expiresAt")));
    }
    for (int more = 1; more < 20; more++) {
      Keys.post(Keys.with(admin), "", Scope.READ).statusCode(201);
    }
    Keys.post(Keys.with(admin), "", Scope.READ)
        .statusCode(409)
        .body("type", is("urn:relata:problem:too-many-keys"));
  }

  @Test
  void theCommandLinesClientMakesListsRotatesAndRevokes() {
    String url = "http://localhost:" + RestAssured.port;
    try (RelataClient operator = new RelataClient(url, Optional.of(Keys.operatorKey()))) {
      KeysClient keys = new KeysClient(operator, Optional.of("clients"));
      JsonNode made = keys.create("n", List.of("read"), Optional.of(Duration.ofDays(1)));
      JsonNode next = keys.rotate(made.path("id").asText(), Duration.ZERO);
      try (RelataClient reader = new RelataClient(url, Optional.of(next.path("key").asText()))) {
        assertEquals(List.of(), reader.collections());
        keys.revoke(next.path("id").asText());
        assertEquals(401, assertThrows(ApiException.class, reader::collections).status());
      }
      assertEquals(2, keys.list().size());
    }
  }

  private static void reads(String key, int status) {
    Keys.with(key).get("/v1/collections").then().statusCode(status);
  }
}
