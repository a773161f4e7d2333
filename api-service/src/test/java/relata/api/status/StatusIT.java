package relata.api.status;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class StatusIT {
  private String collection;
  private long generation;

  @BeforeEach
  void freshCollection() {
    collection = Collections.create();
    generation = Database.generation(collection);
  }

  @Test
  void emptyCollectionIsCovered() {
    status()
        .body("collection", is(collection))
        .body("generation", is((int) generation))
        .body("documents", is(0))
        .body("coverage", is(1.0f))
        .body("pendingCount", is(0))
        .body("oldestPendingSeconds", nullValue())
        .body("ratePerSecond", is(0f))
        .body("etaSeconds", is(0f))
        .body("building", nullValue());
  }

  @Test
  void everyDocumentIsCountedInExactlyOneState() {
    for (String id : List.of("none", "ready", "unlinked", "skipped", "failed", "dead", "held")) {
      Collections.put(collection, id, id);
    }
    for (String id : List.of("ready", "skipped", "failed", "dead")) {
      state(id, 1, id, null);
    }
    state("unlinked", 1, "ready", null);
    state("held", 1, "processing", "1 minute");
    link("ready");
    link("skipped");
    link("failed");
    status()
        .body("documents", is(7))
        .body("pending", is(1))
        .body("processing", is(1))
        .body("ready", is(2))
        .body("skipped", is(1))
        .body("failed", is(1))
        .body("dead", is(1))
        .body("coverage", is(3f / 7))
        .body("linked", is(2));
    given()
        .get("/v1/collections/{c}/documents", collection)
        .then()
        .body(
            "documents.id",
            is(List.of("dead", "failed", "held", "none", "ready", "skipped", "unlinked")))
        .body(
            "documents.state",
            is(List.of("dead", "failed", "processing", "pending", "ready", "skipped", "ready")));
  }

  @Test
  void editedDocumentIsPendingUnlessSomebodyStillHoldsIt() {
    for (String id : List.of("done", "held", "lost")) {
      Collections.put(collection, id, id);
      Database.execute(
          "update content.document set version = 2 where id = ?",
          Database.documentKey(collection, id));
    }
    state("done", 1, "ready", null);
    state("held", 1, "processing", "1 minute");
    state("lost", 1, "processing", "-1 minute");
    link("done");
    status()
        .body("pending", is(2))
        .body("processing", is(1))
        .body("ready", is(0))
        .body("linked", is(0))
        .body("coverage", is(0f));
  }

  @Test
  void replayedDocumentIsPendingUnlessSomebodyStillHoldsIt() {
    for (String id : List.of("dead", "held", "done")) {
      Collections.put(collection, id, id);
    }
    state("dead", 1, "dead", null);
    state("held", 1, "processing", "1 minute");
    state("done", 1, "ready", null);
    Database.execute(
        "update content.document set request = 1 where id in (?, ?)",
        Database.documentKey(collection, "dead"),
        Database.documentKey(collection, "held"));
    status()
        .body("pending", is(1))
        .body("processing", is(1))
        .body("ready", is(1))
        .body("dead", is(0))
        .body("pendingCount", is(2));
  }

  @Test
  void documentMadeAnewIsLinkedOnceItsEdgesFollowItsNewFeatures() {
    Collections.put(collection, "done", "done");
    long key = Database.documentKey(collection, "done");
    state("done", 1, "ready", null);
    link("done");
    status().body("linked", is(1));
    Database.execute("update content.document set request = 1 where id = ?", key);
    Database.execute("update feature.document_state set request = 1 where document_id = ?", key);
    status().body("ready", is(1)).body("linked", is(0));
    Database.execute("update graph.node set request = 1 where document_id = ?", key);
    status().body("linked", is(1));
  }

  @Test
  void rateIsThatOfTheLastMinuteSinceItsFirstDocumentAndTellsWhenTheRestWillBeDone() {
    for (String id : List.of("now", "skipped", "earlier", "failed", "blocked", "none")) {
      Collections.put(collection, id, id);
    }
    for (String id : List.of("now", "earlier")) {
      state(id, 1, "ready", null);
    }
    state("skipped", 1, "skipped", null);
    state("failed", 1, "failed", null);
    dueInAMinute("failed");
    state("blocked", 1, "failed", null);
    done("earlier", 120);
    done("skipped", 35);
    status()
        .body("failed", is(2))
        .body("blocked", is(1))
        .body("pendingCount", is(3))
        .body("ratePerSecond", near(2 / 35.0))
        .body("etaSeconds", near(35));
  }

  @Test
  void whatNobodyWorksOnHasNoEstimate() {
    Collections.put(collection, "a", "A");
    Collections.put(collection, "b", "B");
    generation = Database.building(collection);
    state("a", 1, "ready", null);
    done("a", 35);
    status().body("building.etaSeconds", near(35));
    Database.execute("update content.generation set paused = true where id = ?", generation);
    status()
        .body("building.ratePerSecond", near(1 / 35.0))
        .body("building.etaSeconds", nullValue());
  }

  private static Matcher<Float> near(double expected) {
    return both(greaterThan((float) (expected * 0.7))).and(lessThan((float) (expected * 1.4)));
  }

  private void done(String id, int secondsAgo) {
    Database.execute(
        "update feature.document_state set updated_at = now() - ? * interval '1 second'"
            + " where document_id = ?",
        secondsAgo,
        Database.documentKey(collection, id));
  }

  @Test
  void withoutARateThereIsNoEstimate() {
    Collections.put(collection, "none", "none");
    status().body("ratePerSecond", is(0f)).body("etaSeconds", nullValue());
  }

  @Test
  void generationUnderWayIsCountedByItselfBesideTheOneThatIsServed() {
    Collections.put(collection, "a", "A");
    Collections.put(collection, "b", "B");
    state("a", 1, "ready", null);
    state("b", 1, "ready", null);
    long served = generation;
    generation = Database.building(collection);
    state("a", 1, "dead", null);
    status()
        .body("generation", is((int) served))
        .body("ready", is(2))
        .body("coverage", is(1f))
        .body("building.generation", is((int) generation))
        .body("building.documents", is(2))
        .body("building.pending", is(1))
        .body("building.dead", is(1))
        .body("building.ready", is(0))
        .body("building.coverage", is(0f));
  }

  @Test
  void ageOfTheOldestChangeThatIsStillToBeDoneIsTold() {
    Collections.put(collection, "old", "old");
    Collections.put(collection, "new", "new");
    Database.execute(
        "update content.document set updated_at = now() - interval '1 hour' where id = ?",
        Database.documentKey(collection, "old"));
    status()
        .body("oldestPendingSeconds", greaterThanOrEqualTo(3600f))
        .body("oldestPendingSeconds", lessThan(3700f));
    state("old", 1, "failed", null);
    for (String unfinished : List.of("processing", "failed")) {
      turn("old", unfinished);
      status().body("oldestPendingSeconds", greaterThanOrEqualTo(3600f));
    }
    for (String done : List.of("ready", "dead")) {
      turn("old", done);
      status().body("oldestPendingSeconds", lessThan(600f));
    }
  }

  private void turn(String id, String state) {
    Database.execute(
        "update feature.document_state set state = ? where generation_id = ? and document_id = ?",
        state,
        generation,
        Database.documentKey(collection, id));
  }

  private ValidatableResponse status() {
    return given().get("/v1/collections/{c}/status", collection).then().statusCode(200);
  }

  private void state(String id, long version, String state, String lease) {
    Database.execute(
        """
        insert into feature.document_state
               (generation_id, document_id, version, content_hash, state, lease_until)
        values (?, ?, ?, '', ?, now() + ?::interval)""",
        generation,
        Database.documentKey(collection, id),
        version,
        state,
        lease);
  }

  private void dueInAMinute(String id) {
    Database.execute(
        "update feature.document_state set next_attempt_at = now() + interval '1 minute'"
            + " where document_id = ?",
        Database.documentKey(collection, id));
  }

  private void link(String id) {
    Database.execute(
        "insert into graph.node (generation_id, document_id, version) values (?, ?, 1)",
        generation,
        Database.documentKey(collection, id));
  }
}
