package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;
import relata.worker.canary.Canary;
import relata.worker.gate.Lane;
import relata.worker.gate.LaneCalls;
import relata.worker.gate.Turn;
import relata.worker.model.Breakers;
import relata.worker.model.CallSize;
import relata.worker.model.ModelAccess;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.Events;
import relata.worker.support.FakeOllama;
import relata.worker.support.FakeOllama.Reply;
import relata.worker.support.OllamaPort;

/** How a model is found that is there and answers nothing, and who is not blamed for it. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class CanaryIT {
  @Inject Content content;
  @Inject Events events;
  @Inject FakeOllama ollama;
  @Inject Canary canary;
  @Inject Breakers breakers;
  @Inject ModelAccess access;

  @BeforeEach
  void answerAgain() {
    ollama.reset();
  }

  @Test
  void aModelThatIsListedAndAnswersNothingIsFoundAndLeftAlone() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    ollama.list("embed-silent", "digest-4");
    ollama.answer(
        call -> {
          never.await();
          return FakeOllama.vectors(call.inputs());
        });
    Collection collection = content.collection(Content.recipe("embed-silent"));
    long id = content.write(collection, "Will hang", "");
    events.written(collection, id);
    await().until(() -> !ollama.calls().isEmpty());

    canary.look();
    canary.look();
    await().until(() -> breakers.of("embed-silent").isProbed());
    assertEquals(
        1,
        ollama.calls().stream()
            .filter(call -> call.model().equals("embed-silent"))
            .filter(call -> call.inputs().equals(List.of("ok")))
            .count(),
        "one that is being asked is not asked again");

    ollama.answer(call -> FakeOllama.vectors(call.inputs()));
    never.countDown();
    await().until(() -> breakers.of("embed-silent").reason().isEmpty());
    await().until(() -> "ready".equals(content.state(collection, id)));
  }

  @Test
  void aModelThatTheHungCallsOfOthersKeepOutIsNotBlamed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    List<Thread> hanging = new ArrayList<>();
    content.collection(Content.recipe("embed-hung"));
    content.collection(Content.recipe("embed-shut-out"));
    // As many as there may ever be, which takes two models: one alone leaves room for others.
    for (String model : List.of("embed-hung", "embed-hung-too")) {
      for (int i = 0; i < access.permits(); i++) {
        hanging.add(Thread.ofVirtual().start(() -> hang(model, never)));
      }
    }
    await().until(() -> calls(Lane.LIVE).running() == 2 * access.permits());
    Thread wanted = Thread.ofVirtual().start(() -> hang("embed-shut-out", never));
    await().until(() -> calls(Lane.LIVE).waiting() == 1);

    canary.look();
    await().until(() -> calls(Lane.QUERY).waiting() >= 2);
    await().until(() -> calls(Lane.QUERY).waiting() == 0);
    await().until(() -> breakers.of("embed-hung").isProbed());
    assertFalse(breakers.of("embed-shut-out").isProbed(), "nothing is known of it");

    never.countDown();
    hanging.add(wanted);
    for (Thread thread : hanging) {
      thread.join();
    }
  }

  @Test
  void aModelThatAnswersClosesItsBreakerByTheCanaryAlone() throws Exception {
    String alone = "embed-for-canary";
    content.collection(Content.recipe(alone));
    ollama.answer(call -> Reply.error(500, "out of order"));
    canaryUntil(() -> breakers.of(alone).reason().isPresent());
    ollama.answer(call -> FakeOllama.vectors(call.inputs()));
    canaryUntil(() -> breakers.of(alone).answeredAt().isPresent());
    assertTrue(breakers.of(alone).reason().isEmpty());
  }

  private void hang(String model, CountDownLatch never) {
    access.ask(
        new Turn(Lane.LIVE, 1),
        model,
        CallSize.NOTHING,
        () -> {
          try {
            never.await();
          } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
          }
          return "late";
        },
        failure -> failure.code());
  }

  private LaneCalls calls(Lane lane) {
    return access.calls().stream().filter(calls -> calls.lane() == lane).findFirst().orElseThrow();
  }

  private void canaryUntil(Callable<Boolean> reached) {
    await()
        .until(
            () -> {
              canary.look();
              return reached.call();
            });
  }
}
