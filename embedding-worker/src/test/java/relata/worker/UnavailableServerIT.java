package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;
import relata.worker.pipeline.Pipeline;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.Events;
import relata.worker.support.FakeOllama;
import relata.worker.support.FakeOllama.Reply;
import relata.worker.support.OllamaPort;

/** What becomes of documents while the model server has no room, no model, or is away. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class UnavailableServerIT {
  @Inject Content content;
  @Inject Events events;
  @Inject FakeOllama ollama;
  @Inject Pipeline pipeline;

  @BeforeEach
  void reset() {
    ollama.reset();
  }

  @Test
  void aBusyServerIsLeftAloneAndTheTryDoesNotCount() {
    AtomicBoolean hasRoom = new AtomicBoolean();
    List<Long> asked = new CopyOnWriteArrayList<>();
    ollama.answer(
        call -> {
          asked.add(System.nanoTime());
          return hasRoom.get()
              ? FakeOllama.vectors(call.inputs())
              : new Reply(503, Map.of("Retry-After", "1"), "busy");
        });
    Collection collection = content.collection();
    long id = content.write(collection, "Patient", "");
    events.written(collection, id);

    await().until(() -> "failed".equals(content.state(collection, id)));
    assertEquals("0", content.text(collection, id, "attempts"));
    assertEquals("http_503", content.text(collection, id, "error_code"));
    await().until(() -> asked.size() > 2);
    hasRoom.set(true);
    await().until(() -> "ready".equals(content.state(collection, id)));
    assertEquals("1", content.text(collection, id, "attempts"));
    for (int call = 1; call < asked.size(); call++) {
      assertTrue(asked.get(call) - asked.get(call - 1) >= 1_000_000_000L, asked::toString);
    }
  }

  @Test
  void whatCameWhileTheServerWasBusyIsWorkedOnAfterwards() {
    ollama.answer(call -> new Reply(503, Map.of("Retry-After", "1"), "busy"));
    Collection collection = content.collection();
    long first = content.write(collection, "First", "");
    events.written(collection, first);
    await().until(() -> "failed".equals(content.state(collection, first)));
    long second = content.write(collection, "Second", "");
    events.written(collection, second);
    await().until(events::allAcknowledged);

    ollama.answer(call -> FakeOllama.vectors(call.inputs()));
    await().until(() -> "ready".equals(content.state(collection, first)));
    await().until(() -> "ready".equals(content.state(collection, second)));
  }

  @Test
  void aServerThatIsAwayIsWaitedFor() throws IOException {
    Collection collection = content.collection();
    long id = content.write(collection, "Away", "");
    ollama.down();
    try {
      events.written(collection, id);
      await().until(() -> "failed".equals(content.state(collection, id)));
      assertEquals("unreachable", content.text(collection, id, "error_code"));
      assertEquals("0", content.text(collection, id, "attempts"));
    } finally {
      ollama.up();
    }
    await().until(() -> "ready".equals(content.state(collection, id)));
  }

  @Test
  void aPassingFailureIsTriedAgainAndCounted() {
    AtomicInteger calls = new AtomicInteger();
    ollama.answer(
        call ->
            calls.incrementAndGet() <= 2
                ? Reply.error(500, "model runner has unexpectedly stopped")
                : FakeOllama.vectors(call.inputs()));
    Collection collection = content.collection();
    long id = content.write(collection, "Third time", "");
    events.written(collection, id);
    await().until(() -> "ready".equals(content.state(collection, id)));
    assertEquals("3", content.text(collection, id, "attempts"));
  }

  @Test
  void aMissingModelIsNamedAndWaitedForAtNoCost() {
    ollama.answer(call -> Reply.error(404, "model \"test-model\" not found, try pulling it first"));
    Collection collection = content.collection();
    long id = content.write(collection, "No model", "");
    events.written(collection, id);
    // More often than a document is tried at its own cost.
    await().until(() -> ollama.calls().size() > 7);
    assertEquals("0", content.text(collection, id, "greatest(attempts - 1, 0)"));
    await().until(() -> "model_missing".equals(content.text(collection, id, "error_code")));

    ollama.answer(call -> FakeOllama.vectors(call.inputs()));
    await().until(() -> "ready".equals(content.state(collection, id)));
  }

  @Test
  void aMissingModelSaysWhatToDo() {
    ollama.answer(call -> Reply.error(404, "model \"test-model\" not found, try pulling it first"));
    Collection collection = content.collection();
    long id = content.write(collection, "No model", "");
    pipeline.process(collection.batch(id));
    assertEquals(
        "Model test-model is not on the model server: pull it or change the recipe.",
        content.text(collection, id, "error"));
    content.delete(id);
  }
}
