package relata.api.deadletter;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.outbox.EventLog;
import relata.api.outbox.OutboxRelay;
import relata.api.tenant.Tenant;
import relata.api.tenant.TenantWork;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.api.testing.Features;
import relata.contracts.v1.ContentChanged;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class DeadLetterIT {
  @Inject Pool pool;
  @Inject TenantWork tenants;
  @Inject OutboxRelay relay;

  @ConfigProperty(name = "RELATA_NATS_URL")
  String natsUrl;

  private String collection;
  private long generation;

  @BeforeEach
  void freshCollection() {
    collection = Collections.create();
    generation = Database.generation(collection);
  }

  @Test
  void deadDocumentIsListedWithItsReason() {
    String id = dead("a", "too_long", "The text is too long.");
    list("")
        .body("total", is(1))
        .body("byCode", is(Map.of("too_long", 1)))
        .body("next", nullValue())
        .body("items[0].id", is(id))
        .body("items[0].collection", is(collection))
        .body("items[0].document", is("a"))
        .body("items[0].generation", is((int) generation))
        .body("items[0].version", is(1))
        .body("items[0].code", is("too_long"))
        .body("items[0].reason", is("The text is too long."))
        .body("items[0].attempts", is(5))
        .body("items[0].diedAt", notNullValue());
    given()
        .get("/v1/dead-letters/{id}", id)
        .then()
        .statusCode(200)
        .body("id", is(id))
        .body("reason", is("The text is too long."));
  }

  @Test
  void lettersAreCountedByCodeAndPaged() {
    String a = dead("a", "timeout", "Late.");
    String b = dead("b", "timeout", "Late.");
    String c = dead("c", "not_finite", "NaN.");
    list("&limit=2")
        .body("total", is(3))
        .body("byCode", is(Map.of("timeout", 2, "not_finite", 1)))
        .body("items.id", is(List.of(a, b)))
        .body("next", is(b));
    list("&limit=2&after=" + b).body("items.id", is(List.of(c))).body("next", nullValue());
    list("&code=not_finite").body("total", is(1)).body("items.id", is(List.of(c)));
  }

  @Test
  void withoutACollectionAllAreListed() {
    dead("a", "timeout", "Late.");
    String there = collection;
    freshCollection();
    dead("a", "timeout", "Late.");
    given()
        .get("/v1/dead-letters?limit=1000")
        .then()
        .statusCode(200)
        .body("total", greaterThanOrEqualTo(2))
        .body("items.collection.unique().contains('%s')".formatted(there), is(true))
        .body("items.collection.unique().contains('%s')".formatted(collection), is(true));
  }

  @Test
  void editedDocumentAndWhatNobodyWorksOnAreNoLetters() {
    String edited = dead("edited", "timeout", "Late.");
    Database.execute("update content.document set version = 2 where id = ?", key("edited"));
    Collections.put(collection, "b", "B");
    long retired = Database.building(collection);
    Features.kill(retired, key("b"), "timeout", "Late.");
    list("").body("items.document", is(List.of("b")));
    Database.execute("update content.generation set state = 'retired' where id = ?", retired);
    list("").body("total", is(0)).body("byCode", is(Map.of())).body("items", is(List.of()));
    for (String id : List.of(edited, retired + "-" + key("b"), "0-0", "nonsense")) {
      given()
          .get("/v1/dead-letters/{id}", id)
          .then()
          .statusCode(404)
          .body("type", is("urn:relata:problem:unknown-dead-letter"));
      given().post("/v1/dead-letters/{id}/replay", id).then().statusCode(404);
    }
  }

  @Test
  void replayedDocumentIsPendingAndItsEventIsPublishedOnceForTwoClicks() throws Exception {
    String id = dead("a", "timeout", "Late.");
    long collectionId =
        Database.number("select id from content.collection where name = ?", collection);
    try (EventLog events = new EventLog(natsUrl)) {
      for (int documents : new int[] {1, 0}) {
        given()
            .post("/v1/dead-letters/{id}/replay", id)
            .then()
            .statusCode(202)
            .body("documents", is(documents))
            .body("more", is(false));
      }
      given().get("/v1/dead-letters/{id}", id).then().statusCode(404);
      await().until(() -> Database.number("select count(*) from content.outbox") == 0);
      await().until(() -> !events.of(collectionId).isEmpty());
      assertEquals(1, events.of(collectionId).size());
      ContentChanged event = events.of(collectionId).getFirst().event();
      assertEquals(key("a"), event.getDocumentId());
      assertEquals(1, event.getVersion());
      assertEquals(32, event.getContentHash().size());
    }
    assertEquals(1, request("a"));
    given()
        .get("/v1/collections/{c}/status", collection)
        .then()
        .body("pending", is(1))
        .body("dead", is(0));
  }

  @Test
  void deadUnderTwoGenerationsIsReplayedUnderBothAtOnce() {
    dead("a", "timeout", "Late.");
    // A generation of which every document is dead is given up.
    Collections.put(collection, "alive", "L");
    Features.kill(Database.building(collection), key("a"), "timeout", "Late.");
    list("").body("total", is(2));
    replayAll("?collection=" + collection, 1);
    list("").body("total", is(0));
    assertEquals(1, request("a"));
  }

  @Test
  void allOfAFilterAreReplayedAndNoOther() {
    dead("a", "timeout", "Late.");
    dead("b", "not_finite", "NaN.");
    String there = collection;
    freshCollection();
    dead("a", "timeout", "Late.");
    replayAll("?code=timeout&collection=" + there, 1);
    list("").body("total", is(1));
    collection = there;
    list("").body("items.document", is(List.of("b")));
  }

  @Test
  void manyAreReplayedInBoundedTransactionsAndTheRestByTheNextRequest() {
    for (String id : List.of("a", "b", "c", "d", "e")) {
      dead(id, "timeout", "Late.");
    }
    long collectionId =
        Database.number("select id from content.collection where name = ?", collection);
    Replay byTwos = new Replay(pool, relay, new Limits(2, 4));
    DeadLetterFilter filter = new DeadLetterFilter(collectionId, null);
    assertEquals(new Replayed(4, true), replayed(byTwos, filter));
    assertEquals(new Replayed(1, false), replayed(byTwos, filter));
    assertEquals(new Replayed(0, false), replayed(byTwos, filter));
    list("").body("total", is(0));
  }

  @Test
  void whatIsWrongIsNamed() {
    given().get("/v1/dead-letters?collection=nowhere").then().statusCode(404);
    given().post("/v1/dead-letters/replay?collection=nowhere").then().statusCode(404);
    for (String wrong : List.of("limit=0", "after=x", "code=a\tb")) {
      given()
          .get("/v1/dead-letters?" + wrong)
          .then()
          .statusCode(400)
          .body("errors[0].field", is(wrong.substring(0, wrong.indexOf('='))));
    }
  }

  private record Limits(int replayBatch, int replayLimit) implements DeadLetterConfig {}

  private Replayed replayed(Replay replay, DeadLetterFilter filter) {
    return tenants
        .of(Tenant.OF_OPEN_ACCESS, () -> replay.all(filter))
        .await()
        .atMost(Duration.ofSeconds(30));
  }

  /** Writes a document that is dead; returns the id of its letter. */
  private String dead(String id, String code, String reason) {
    Collections.put(collection, id, id);
    Features.kill(generation, key(id), code, reason);
    return generation + "-" + key(id);
  }

  private ValidatableResponse list(String query) {
    return given().get("/v1/dead-letters?collection=" + collection + query).then().statusCode(200);
  }

  private static void replayAll(String query, int documents) {
    given()
        .post("/v1/dead-letters/replay" + query)
        .then()
        .statusCode(202)
        .body("documents", is(documents))
        .body("more", is(false));
  }

  private long key(String id) {
    return Database.documentKey(collection, id);
  }

  private long request(String id) {
    return Database.number("select request from content.document where id = ?", key(id));
  }
}
