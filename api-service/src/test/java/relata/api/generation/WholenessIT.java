package relata.api.generation;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.api.testing.FastConductor;
import relata.api.testing.GraphServiceFake;
import relata.api.testing.Made;
import relata.api.testing.ServedCollection;
import relata.local.testing.BackendsResource;

/** What a generation must have before it is switched to. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(GraphServiceFake.class)
@QuarkusTestResource(FastConductor.class)
class WholenessIT extends ServedCollection {
  private static final Duration SOON = Duration.ofMinutes(1);

  @Test
  void documentThatIsNotLinkedOrFailsKeepsAGenerationFromBeingWhole() {
    long second = calls.change("{\"gate\":{\"switch\":\"manual\"},\"edges\":{\"maxNeighbors\":3}}");
    Made.all(second);
    Database.execute(
        "update feature.document_state set state = 'failed' where generation_id = ?"
            + " and document_id = ?",
        second,
        Database.documentKey(collection, "a"));
    calls
        .action(second, "switch")
        .statusCode(409)
        .body("detail", containsString("1 documents wait"));
    Database.execute(
        "update feature.document_state set next_attempt_at = now() where generation_id = ?",
        second);
    Database.execute(
        "delete from graph.node where generation_id = ? and document_id = ?",
        second,
        Database.documentKey(collection, "b"));
    calls
        .action(second, "switch")
        .statusCode(409)
        .body("detail", containsString("1 documents failed"))
        .body("detail", containsString("The neighbours of 1 documents"));
    calls.generation(second).body("state", is("building"));
  }

  @Test
  void documentWrittenDuringTheBuildHasToBeInBoth() {
    long second = calls.change("{\"gate\":{\"switch\":\"manual\"},\"edges\":{\"maxNeighbors\":3}}");
    Made.all(second);
    Collections.put(collection, "c", "C");
    Database.execute(
        "update content.generation set created_at = created_at - interval '1 hour' where id = ?",
        second);
    Database.execute(
        "update content.document set updated_at = now() - interval '1 minute' where id = ?",
        Database.documentKey(collection, "c"));
    calls
        .action(second, "switch")
        .statusCode(409)
        .body("detail", containsString("1 documents are"));
    Made.all(second);
    calls.action(second, "switch").statusCode(200).body("state", is("active"));
  }

  @Test
  void editIsNoExcuseForADocumentThatWouldVanishByTheSwitch() {
    long second = calls.change("{\"gate\":{\"switch\":\"manual\"},\"edges\":{\"maxNeighbors\":3}}");
    Made.allBut(second, "a");
    Database.execute(
        "update content.document set created_at = now() - interval '1 hour',"
            + " updated_at = now() + interval '1 minute',"
            + " version = 2 where id in (?, ?)",
        Database.documentKey(collection, "a"),
        Database.documentKey(collection, "b"));
    // Of b its older version would be served meanwhile, of a nothing.
    calls
        .action(second, "switch")
        .statusCode(409)
        .body("detail", containsString("1 documents are"));
  }

  @Test
  void generationIsSwitchedToWhileDocumentsAreWrittenAllTheTime() {
    long second = calls.change(FEWER_EDGES);
    long end = System.nanoTime() + SOON.toNanos();
    for (int i = 0; Database.generation(collection) == first; i++) {
      assertTrue(System.nanoTime() < end, "not switched");
      Collections.put(collection, "new-" + i, "N");
      if (i % 20 == 0) {
        // Both lag behind, the building one as well.
        Made.all(first);
        Made.all(second);
      }
    }
    calls.generation(second).body("state", is("active"));
  }
}
