package relata.api.once;

import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

  /** So many of them have one between that undoes their effect. */
  private static final int UNDONE_EACH = 10;

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

  /**
   * What is done, and what others do against it.
   *
   * @param again the status after it was undone
   * @param table where the effect is a row with the value in the column
   * @param events that the effect has
   */
  private record Step(
      Sent equal,
      int status,
      int again,
      Sent undoing,
      String table,
      String acts,
      String column,
      String value,
      int events) {}

  private record Sent(String method, String path, String body) {}

  /**
   * Most of what is repeated would change nothing more by itself. So a hundred more come while
   * others undo it, where each would have an effect again. They get the same answer; but a
   * collection that was made is shown as it is now.
   */
  @Test
  void ofAHundredEqualRequestsAtOnceOneHasAnEffectAndAllGetItsAnswer() throws Exception {
    Sent create = new Sent("POST", "/v1/collections", "{\"name\":\"more\"}");
    Sent write = new Sent("PUT", "/v1/collections/notes/documents/a", "{\"title\":\"T\"}");
    Sent overwrite = new Sent("PUT", write.path(), "{\"title\":\"other\"}");
    Sent erase = new Sent("DELETE", write.path(), "");
    Sent drop = new Sent("DELETE", "/v1/collections/more", "");
    int requests = 0;
    long effects = 0;
    long events = 0;
    try (Effects seen = new Effects()) {
      for (Step step :
          List.of(
              new Step(create, 201, 404, drop, "collection", "INSERT", "name", "more", 0),
              new Step(write, 201, 201, overwrite, "document", "INSERT|UPDATE", "title", "T", 1),
              new Step(erase, 204, 204, write, "document", "DELETE", "external_id", "a", 1),
              new Step(drop, 204, 204, create, "collection", "DELETE", "name", "more", 1))) {
        if (step.equal().equals(drop)) {
          send(create.method(), create.path(), null, create.body()).statusCode(201);
        }
        seen.forget();
        HttpResponse<String> answer = allEqual(step, false);
        assertEquals(1, effects(seen, step), step::toString);
        assertEquals(step.events(), seen.events(tenant), step::toString);
        events += seen.events(tenant);
        HttpResponse<String> again = allEqual(step, true);
        if (step.again() == step.status()) {
          assertAlike(answer, again);
        }
        assertEquals(1, effects(seen, step), step::toString);
        effects += effects(seen, step);
        requests += 2 * AT_ONCE;
      }
    }
    System.out.printf("once: requests=%d effects=%d events=%d%n", requests, effects, events);
  }

  private static long effects(Effects seen, Step step) {
    return seen.count(step.table(), step.acts(), step.column(), step.value());
  }

  /** Sends it a hundred times at once, with others between that undo it, and gives the answer. */
  private HttpResponse<String> allEqual(Step step, boolean undone) throws Exception {
    HttpRequest equal = request(step.equal(), once + step.equal().hashCode());
    List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
    List<CompletableFuture<HttpResponse<String>>> undoing = new ArrayList<>();
    // HTTP/2 would let no more than a hundred through at once.
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = 0; i < AT_ONCE; i++) {
        if (undone && i % UNDONE_EACH == 0) {
          undoing.add(client.sendAsync(request(step.undoing(), null), BodyHandlers.ofString()));
          // The first has done it when the next comes.
          undoing.getFirst().get(60, TimeUnit.SECONDS);
        }
        sent.add(client.sendAsync(equal, BodyHandlers.ofString()));
      }
      HttpResponse<String> first = sent.getFirst().get(60, TimeUnit.SECONDS);
      assertEquals(undone ? step.again() : step.status(), first.statusCode(), first.body());
      for (var one : sent) {
        assertAlike(first, one.get(60, TimeUnit.SECONDS));
      }
      for (var one : undoing) {
        one.get(60, TimeUnit.SECONDS);
      }
      if (undone) {
        int undid = undoing.getFirst().get().statusCode();
        assertTrue(undid < 300, () -> "undone: " + undid);
      }
      return first;
    }
  }

  private static void assertAlike(HttpResponse<String> one, HttpResponse<String> other) {
    assertEquals(one.statusCode(), other.statusCode(), other.body());
    assertEquals(one.body(), other.body());
    assertEquals(one.headers().firstValue("ETag"), other.headers().firstValue("ETag"));
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
              request(
                  new Sent("PUT", "/v1/collections/notes/documents/a", "{\"title\":\"T\"}"), once),
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

  private HttpRequest request(Sent what, String key) {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + what.path()))
            .header("Authorization", "Bearer " + writer)
            .header("Content-Type", "application/json");
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    return request
        .method(
            what.method(),
            what.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(what.body()))
        .build();
  }
}
