package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relata.system.running.SharedStack.Running;

/** A model server that fails in every way: what waits, what is dead, what is said about it. */
@ExtendWith(SharedStack.class)
final class FailuresIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int OTHERS = 20;
  private static final String MODEL = "all-minilm";

  private static ModelProxy model;
  private static Api api;
  private static GenerationsApi generations;
  private static DeadLettersApi deadLetters;
  private static Database database;

  private static int collections;

  private String collection;

  @BeforeAll
  static void use(Running running) {
    model = running.model();
    api = running.api();
    generations = running.generations();
    deadLetters = new DeadLettersApi(api.url());
    database = running.database();
  }

  @BeforeEach
  void ownCollection() {
    collection = "failures-" + ++collections;
    api.createCollection(collection);
  }

  @Test
  void poisonIsDeadWithItsReasonUntilItIsReplayedAndDelaysNoOther() {
    try (var poison =
        model.disturb(new Disturbance.Refusal("arsenic", 400, Optional.empty(), "bad token"))) {
      for (int i = 0; i < 3; i++) {
        api.put(collection, "poison-" + i, "Poison " + i, "Number " + i + " has arsenic in it.");
      }
      putOthers();
      awaitCounts(OTHERS, 3);

      JsonPath features = api.features(collection, "poison-1");
      assertEquals("dead", features.getString("state"), features::prettify);
      assertTrue(features.getString("error.reason").contains("bad token"), features::prettify);
      assertTrue(features.getString("why").contains("replay"), features::prettify);
      JsonPath letters = deadLetters.of(collection);
      assertEquals(3, letters.getInt("total"), letters::prettify);
      assertEquals(
          List.of(collection), letters.getList("items.collection").stream().distinct().toList());
      assertTrue(letters.getString("items[0].reason").contains("bad token"), letters::prettify);

      // The cause is still there: it comes back.
      assertEquals(1, deadLetters.replay(deadLetters.ids(collection).getFirst()));
      awaitCounts(OTHERS, 3);
    }
    assertEquals(1, deadLetters.replay(deadLetters.ids(collection).getFirst()));
    awaitCounts(OTHERS + 1, 2);
    assertEquals(2, deadLetters.replayAll(collection));
    api.awaitSettled(collection, LIMIT);
    assertEquals(0, deadLetters.of(collection).getInt("total"));
    new Derived(database, database.activeGeneration(collection)).assertCurrent();
  }

  @Test
  void aBusyModelIsWaitedForAsItSaysAndCostsNoTry() {
    try (var busy =
        model.disturb(new Disturbance.Refusal("crowded", 429, Optional.of(2), "try later"))) {
      api.put(collection, "note", "Note", "Where it is crowded, one waits.");
      JsonPath features = awaitError("note", "http_429");
      assertEquals(0, features.getInt("attempts"), features::prettify);
      assertTrue(features.getString("why").contains("It waits"), features::prettify);
      assertTrue(features.getString("why").contains("try later"), features::prettify);
      assertNotNull(features.getString("nextRetryAt"));
      // Waited for oftener than it would have been tried.
      int asked = asked("crowded");
      Awaitility.await().atMost(LIMIT).until(() -> asked("crowded") > asked + 5);
      assertEquals(0, api.status(collection).getInt("dead"));
    }
    api.awaitSettled(collection, LIMIT);
  }

  @Test
  void aModelServerThatIsSilentIsBlamedAndNotTheWorker() {
    try (var silence = model.disturb(new Disturbance.Silence(""))) {
      Response models = Api.json(api.url()).get("/v1/models");
      assertEquals(200, models.statusCode(), models::asString);
      assertTrue(
          models.jsonPath().getString("serverError").contains("not answer"), models::asString);
    }
    Awaitility.await("the server to be believed again")
        .atMost(LIMIT)
        .until(
            () -> {
              Response models = Api.json(api.url()).get("/v1/models");
              return models.statusCode() == 200 && models.jsonPath().get("serverError") == null;
            });
  }

  @Test
  void aTextThatIsNeverAnsweredDelaysNoOther() {
    try (var silence = model.disturb(new Disturbance.Silence("bottomless"))) {
      api.put(collection, "pit", "Pit", "This one is bottomless.");
      putOthers();
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> api.status(collection).getInt("ready"), ready -> ready == OTHERS);
      JsonPath features = awaitError("pit", "timeout");
      assertTrue(features.getInt("attempts") > 0, features::prettify);
    }
    api.awaitSettled(collection, LIMIT);
  }

  @Test
  void aModelThatIsNotThereIsWaitedForByName() {
    try (var missing = model.disturb(new Disturbance.Missing(MODEL))) {
      api.put(collection, "note", "Note", "Somebody has to pull the model first.");
      JsonPath features = awaitError("note", "model_missing");
      assertEquals(0, features.getInt("attempts"), features::prettify);
      assertTrue(features.getString("why").contains(MODEL), features::prettify);
    }
    api.awaitSettled(collection, LIMIT);

    Response refused =
        generations.tryChange(collection, Map.of("embed", Map.of("model", "never-pulled")));
    assertEquals(409, refused.statusCode(), refused::asString);
    String detail = refused.jsonPath().getString("detail");
    assertTrue(detail.contains("never-pulled") && detail.contains(MODEL), detail);
  }

  @Test
  void anotherModelUnderTheSameNameIsRefusedUntilTheGenerationIsRebuilt() {
    putOthers();
    api.awaitSettled(collection, LIMIT);
    long before = database.activeGeneration(collection);
    String digest = "f".repeat(64);
    try (var exchange = model.disturb(new Disturbance.Exchange(MODEL, digest, 256))) {
      awaitServerDigest(digest);
      api.put(collection, "late", "Late", "Written when the model was another one.");
      JsonPath features = awaitError("late", "model_changed");
      assertTrue(features.getString("why").contains("rebuild=true"), features::prettify);
      assertEquals(0, features.getInt("attempts"), features::prettify);
      assertEquals(List.of(384L), dimensions(before));
      JsonPath found = api.search(collection, "roses in the garden", "hybrid");
      assertEquals(false, found.getBoolean("semanticAvailable"), found::prettify);
      assertTrue(found.getString("notice").contains("rebuild=true"), found::prettify);

      long rebuilt = generations.rebuild(collection, Map.of());
      generations.awaitState(collection, rebuilt, "active", LIMIT);
      api.awaitSettled(collection, LIMIT);
      assertEquals(List.of(256L), dimensions(rebuilt));
      new Derived(database, rebuilt).assertCurrent();
      new Derived(database, rebuilt).assertLinked(0.6, 10);
      assertEquals(digest, api.features(collection, "late").getString("embedding.digest"));
      JsonPath healed = api.search(collection, "roses in the garden", "semantic");
      assertTrue(healed.getList("hits").size() > 5, healed::prettify);
      assertEquals(List.of(384L), dimensions(before));
    }
    api.deleteCollection(collection);
  }

  private void putOthers() {
    for (int i = 0; i < OTHERS; i++) {
      api.put(
          collection,
          "note-" + i,
          "Note " + i + " on gardens",
          "In garden " + i + " of " + collection + " the roses are watered in the morning.");
    }
  }

  private void awaitCounts(int ready, int dead) {
    Awaitility.await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              JsonPath status = api.status(collection);
              assertEquals(ready, status.getInt("ready"), this::errors);
              assertEquals(dead, status.getInt("dead"), this::errors);
            });
  }

  private String errors() {
    return database
        .query(
            "select document_id || ' ' || state || ' ' || attempts || ' ' || coalesce(error, '')"
                + " from feature.document_state where generation_id = ? and state <> 'ready'",
            row -> row.getString(1),
            database.activeGeneration(collection))
        .toString();
  }

  private JsonPath awaitError(String id, String code) {
    return Awaitility.await("error " + code + " of " + id)
        .atMost(LIMIT)
        .until(
            () -> api.features(collection, id),
            features -> code.equals(features.getString("error.code")));
  }

  private static void awaitServerDigest(String digest) {
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () ->
                Api.json(api.url())
                    .get("/v1/models")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getList("models.digest"),
            digests -> digests.contains(digest));
  }

  private static int asked(String marker) {
    return (int) model.inputs().stream().filter(text -> text.contains(marker)).count();
  }

  private static List<Long> dimensions(long generation) {
    return database.query(
        "select distinct dimension from feature.chunk where generation_id = ?",
        row -> row.getLong(1),
        generation);
  }
}
