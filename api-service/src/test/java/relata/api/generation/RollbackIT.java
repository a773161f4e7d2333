package relata.api.generation;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Comparisons;
import relata.api.testing.Database;
import relata.api.testing.FastConductor;
import relata.api.testing.GraphServiceFake;
import relata.api.testing.Made;
import relata.api.testing.ServedCollection;
import relata.local.testing.BackendsResource;

/** Back to what was served before. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(GraphServiceFake.class)
@QuarkusTestResource(FastConductor.class)
class RollbackIT extends ServedCollection {

  @Test
  void rollbackIsAtOnceIfNothingWasWrittenSince() {
    long second = switched();
    calls.action(first, "rollback").statusCode(200).body("state", is("active"));
    calls.generation(second).body("state", is("retired")).body("eraseAfter", notNullValue());
  }

  @Test
  void rollbackRepeatedOrManyTimesAtOnceEndsWhereItNamed() throws InterruptedException {
    long second = switched();
    long third = calls.change("{\"edges\":{\"maxNeighbors\":4}}");
    Made.all(third);
    calls.awaitState(third, "active");
    Callable<Integer> rollback =
        () -> calls.action(second, "rollback").extract().jsonPath().getInt("generation");
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> answers =
          clients.invokeAll(java.util.Collections.nCopies(12, rollback)).stream()
              .map(Future::resultNow)
              .toList();
      assertEquals(java.util.Collections.nCopies(12, (int) second), answers);
    }
    calls.action(second, "rollback").statusCode(200).body("state", is("active"));
    calls.generation(first).body("state", is("retired"));
    calls.generation(third).body("state", is("retired"));
  }

  @Test
  void rollbackEndsAnotherReturnOnlyIfItNamesARetiredGeneration() {
    long second = switched();
    long third = calls.change("{\"edges\":{\"maxNeighbors\":4}}");
    Made.all(third);
    calls.awaitState(third, "active");
    Collections.put(collection, "c", "C");
    Made.all(third);
    calls.action(second, "rollback").statusCode(202);
    calls.action(second, "rollback").statusCode(202).body("generation", is((int) second));
    calls.action(third, "rollback").statusCode(409).body("detail", containsString("" + second));
    calls.generation(second).body("returning", is(true));
    calls.action(first, "rollback").statusCode(202).body("generation", is((int) first));
    calls.generation(second).body("state", is("retired"));
  }

  @Test
  void rollbackCatchesUpWithWhatWasWrittenSince() {
    long second = switched();
    Collections.put(collection, "c", "C");
    Made.all(second);
    calls
        .action(first, "rollback")
        .statusCode(202)
        .body("state", is("building"))
        .body("returning", is(true))
        .body("eraseAfter", nullValue());
    assertEquals(second, Database.generation(collection));
    calls.action(first, "cancel").statusCode(200).body("state", is("retired"));
    calls.action(first, "rollback").statusCode(202);
    Comparisons.away();
    Made.all(first);
    calls.awaitState(first, "active");
  }

  @Test
  void forcedRollbackServesWhatThereIs() {
    switched();
    Collections.put(collection, "c", "C");
    calls.action(first, "rollback?force=true").statusCode(200).body("state", is("active"));
  }

  @Test
  void rollbackThatWouldLoseDocumentsWaitsAndSaysWhich() {
    long second = switched();
    for (String id : new String[] {"a", "b"}) {
      Made.dead(first, id);
    }
    calls
        .action(first, "rollback")
        .statusCode(202)
        .body("returning", is(true))
        .body("whyNotWhole", contains("2 documents that are served now are dead in it."));
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(20))
        .until(() -> Database.generation(collection) == second);
    calls.action(first, "switch").statusCode(409).body("detail", containsString("2 documents"));
    calls.action(first, "rollback?force=true").statusCode(200).body("state", is("active"));
  }

  @Test
  void onlyARollbackServesAReturningGenerationThatIsNotWhole() {
    long second = switched();
    Collections.put(collection, "c", "C");
    Made.all(second);
    calls.action(first, "rollback").statusCode(202);
    calls
        .action(first, "switch?force=true")
        .statusCode(409)
        .body("detail", containsString("not whole"));
    assertEquals(second, Database.generation(collection));
    calls.action(first, "rollback?force=true").statusCode(200).body("state", is("active"));
  }

  @Test
  void whatIsAboutToBeErasedCannotBeServedAgain() {
    long second = switched();
    Database.execute(
        "update content.generation set erase_after = now() + interval '30 s' where id = ?", first);
    calls.action(first, "rollback").statusCode(409).body("detail", containsString("erased"));
    calls.generation(second).body("state", is("active"));
  }

  private long switched() {
    long second = calls.change(FEWER_EDGES);
    Made.all(second);
    calls.awaitState(second, "active");
    return second;
  }
}
