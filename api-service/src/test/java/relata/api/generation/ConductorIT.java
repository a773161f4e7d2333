package relata.api.generation;

import static org.hamcrest.Matchers.is;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Comparisons;
import relata.api.testing.FastConductor;
import relata.api.testing.GenerationCalls;
import relata.api.testing.GraphServiceFake;
import relata.api.testing.Made;
import relata.api.testing.ServedCollection;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(GraphServiceFake.class)
@QuarkusTestResource(FastConductor.class)
class ConductorIT extends ServedCollection {
  @AfterEach
  void answerAgain() {
    Comparisons.answer(1);
    GraphServiceFake.letGo();
  }

  @Test
  void comparisonThatHangsDelaysNoOtherCollection() {
    Comparisons.hang();
    long hanging = calls.change(FEWER_EDGES);
    Made.all(hanging);
    await().until(() -> lastComparison().contains("\"candidate\":%d,".formatted(hanging)));
    // An empty one needs no comparison.
    GenerationCalls other = new GenerationCalls(Collections.create());
    long next = other.change(FEWER_EDGES);
    other.awaitState(next, "active");
    calls.generation(hanging).body("state", is("building"));
    answerAgain();
    calls.awaitState(hanging, "active");
  }

  private static String lastComparison() {
    String request = GraphServiceFake.lastRequest(Comparisons.PATH);
    return request == null ? "" : request;
  }
}
