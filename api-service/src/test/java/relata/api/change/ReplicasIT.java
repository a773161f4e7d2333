package relata.api.change;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

/** What the midst of a deployment looks like, when replicas run with other settings. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class ReplicasIT {
  private final UUID other = UUID.randomUUID();

  @Inject Replicas replicas;
  @Inject FollowAtStart following;

  @AfterEach
  void leave() {
    Database.execute("delete from content.replica where id = ?", other);
  }

  @Test
  void replicasAgreeUnlessOneThatWasSeenLatelyHasOtherSettings() {
    assertTrue(replicas.agree());
    appear("'{}'", "now()");
    assertFalse(replicas.agree());
    leave();
    appear("'{}'", "now() - interval '1 minute'");
    assertTrue(replicas.agree());
    leave();
    appear("(select settings from content.replica where settings <> '{}' limit 1)", "now()");
    assertTrue(replicas.agree());
  }

  @Test
  void nothingIsFollowedWhileReplicasHaveOtherSettings() {
    String collection = Collections.create("\"default\"");
    Collections.put(collection, "a", "A");
    Database.execute(
        "update content.generation set recipe = jsonb_set(recipe, '{edges,maxNeighbors}', '7')"
            + " where id = ?",
        Database.generation(collection));
    appear("'{}'", "now() + interval '1 hour'");
    following.start(new StartupEvent());
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(20))
        .until(() -> building(collection) == 0);
    leave();
    await().atMost(Duration.ofSeconds(20)).until(() -> building(collection) == 1);
    given()
        .get("/v1/collections/{c}", collection)
        .then()
        .body("building.generation", notNullValue());
  }

  private void appear(String settings, String seenAt) {
    Database.execute(
        "insert into content.replica (id, settings, seen_at) values (?, %s, %s)"
            .formatted(settings, seenAt),
        other);
  }

  private static long building(String collection) {
    return Database.number(
        """
        select count(*) from content.generation g
          join content.collection c on c.id = g.collection_id
         where c.name = ? and g.state = 'building'""",
        collection);
  }
}
