package relata.api.once;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.access.Keys;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

/** However often a request with an Idempotency-Key is sent, its effect takes place once. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestProfile(OnceIT.SoonErased.class)
class OnceIT {
  private static final int AT_ONCE = 100;
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Two tenants, and what expired is erased at once. */
  public static final class SoonErased implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(new Keys.Required().getConfigOverrides());
      settings.put("relata.idempotency.erase-interval", "200ms");
      return settings;
    }
  }

  private final String tenant = "t" + UUID.randomUUID();
  private final String once = UUID.randomUUID().toString();
  private String writer;

  @BeforeEach
  void newTenant() {
    writer = Keys.make(tenant, "write", "read");
    send("POST", "/v1/collections", null, "{\"name\":\"notes\"}").statusCode(201);
  }

  @Test
  void ofAHundredEqualRequestsAtOnceOneHasAnEffectAndAllGetItsAnswer() throws Exception {
    String document = "/v1/collections/notes/documents/a";
    int answers = allEqual("POST", "/v1/collections", "{\"name\":\"more\"}", 201);
    answers += allEqual("PUT", document, "{\"title\":\"T\"}", 201);
    answers += allEqual("DELETE", document, "", 204);
    answers += allEqual("DELETE", "/v1/collections/more", "", 204);
    System.out.printf("once: requests=%d effects=4%n", answers);
  }

  private int allEqual(String method, String path, String body, int status) throws Exception {
    HttpRequest request = request(method, path, once + method + path.length(), body);
    try (HttpClient client = HttpClient.newHttpClient()) {
      List<CompletableFuture<HttpResponse<String>>> sent =
          IntStream.range(0, AT_ONCE)
              .mapToObj(_ -> client.sendAsync(request, BodyHandlers.ofString()))
              .toList();
      HttpResponse<String> first = sent.getFirst().get(60, TimeUnit.SECONDS);
      assertEquals(status, first.statusCode(), first.body());
      for (var one : sent) {
        HttpResponse<String> answer = one.get(60, TimeUnit.SECONDS);
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(first.body(), answer.body());
        assertEquals(first.headers().firstValue("ETag"), answer.headers().firstValue("ETag"));
      }
      return sent.size();
    }
  }

  @Test
  void aRepetitionAfterOthersWroteTellsWhatItDidAndUndoesNothing() {
    String first = put("a", once, "first").statusCode(201).extract().asString();
    put("a", null, "second").statusCode(200).body("version", is(2));
    assertEquals(first, put("a", once, "first").statusCode(201).extract().asString());
    read("a").body("title", is("second")).body("version", is(2));
  }

  @Test
  void theSameKeyForAnotherRequestIsRefused() {
    put("a", once, "first").statusCode(201);
    for (ValidatableResponse refused :
        List.of(
            put("a", once, "second"),
            put("b", once, "first"),
            send("DELETE", "/v1/collections/notes/documents/a", once, ""))) {
      refused.statusCode(422).body("type", is("urn:relata:problem:key-reused"));
    }
    read("a").body("title", is("first"));
    send("PUT", "/v1/collections/notes/documents/a", once, "{ \"body\":\"\", \"title\":\"first\"}")
        .statusCode(201);
  }

  @Test
  void whatHadNoEffectIsNotKept() {
    send("PUT", "/v1/collections/later/documents/a", once, "{\"title\":\"T\"}").statusCode(404);
    send("POST", "/v1/collections", null, "{\"name\":\"later\"}").statusCode(201);
    send("PUT", "/v1/collections/later/documents/a", once, "{\"title\":\"T\"}").statusCode(201);
  }

  @Test
  void anEndInTheMiddleKeepsNeitherTheKeyNorTheEffect() throws Exception {
    try (Connection lock = Database.connect();
        HttpClient client = HttpClient.newHttpClient()) {
      lock.setAutoCommit(false);
      lock(lock);
      var sent =
          client.sendAsync(
              request("PUT", "/v1/collections/notes/documents/a", once, "{\"title\":\"T\"}"),
              BodyHandlers.ofString());
      await().atMost(SOON).until(() -> terminated() == 1);
      assertEquals(503, sent.get(60, TimeUnit.SECONDS).statusCode());
      lock.rollback();
    }
    assertEquals(0, kept());
    read("a").statusCode(404);
    put("a", once, "T").statusCode(201);
    assertEquals(1, kept());
  }

  private void lock(Connection connection) throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select 1 from content.collection where tenant = ? for update")) {
      statement.setString(1, tenant);
      statement.execute();
    }
  }

  /** Ends the connection that waits for the lock, which has the key's row written already. */
  private static long terminated() {
    return Database.number(
        """
        select count(*) from (select pg_terminate_backend(pid) from pg_stat_activity
         where usename = 'relata_api' and wait_event_type = 'Lock') as ended""");
  }

  @Test
  void aKeyThatExpiredIsErasedAndNewAgain() {
    put("a", once, "first").statusCode(201);
    Database.execute(
        "update content.idempotency_key set expires_at = now() where tenant = ?", tenant);
    await().atMost(SOON).until(() -> kept() == 0);
    put("a", once, "second").statusCode(200).body("version", is(2));
  }

  @Test
  void anotherTenantsKeysAreItsOwn() {
    put("a", once, "first").statusCode(201);
    writer = Keys.make(tenant + "2", "write", "read");
    send("POST", "/v1/collections", null, "{\"name\":\"notes\"}").statusCode(201);
    put("a", once, "another").statusCode(201).body("title", is("another"));
  }

  @Test
  void isRefusedWhereNobodyLooksAtItAndIfItIsNoKey() {
    for (ValidatableResponse refused :
        List.of(
            send("PUT", "/v1/collections/notes/recipe", once, "{}"),
            put("a", "two words", "T"),
            put("a", "x".repeat(256), "T"))) {
      refused.statusCode(400).body("errors.field", containsInAnyOrder("Idempotency-Key"));
    }
    send("GET", "/v1/collections", once, "").statusCode(200);
  }

  private long kept() {
    return Database.number(
        "select count(*) from content.idempotency_key where tenant = ? and key = ?", tenant, once);
  }

  private ValidatableResponse read(String id) {
    return send("GET", "/v1/collections/notes/documents/" + id, null, "");
  }

  private ValidatableResponse put(String id, String key, String title) {
    return send(
        "PUT", "/v1/collections/notes/documents/" + id, key, "{\"title\":\"" + title + "\"}");
  }

  private ValidatableResponse send(String method, String path, String key, String body) {
    var request = Keys.with(writer);
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    if (!body.isEmpty()) {
      request.contentType("application/json").body(body);
    }
    return request.request(method, path).then();
  }

  private HttpRequest request(String method, String path, String key, String body) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
        .header("Authorization", "Bearer " + writer)
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", key)
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }
}
