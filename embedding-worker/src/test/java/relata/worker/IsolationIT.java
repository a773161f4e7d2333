package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.Events;
import relata.worker.support.FakeOllama;
import relata.worker.support.FakeOllama.Reply;
import relata.worker.support.OllamaPort;

/** One bad document, collection, model or tenant does not delay another. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class IsolationIT {
  private static final Duration PROMPTLY = Duration.ofSeconds(3);

  /** Less than the limit of a call in {@link OllamaPort}, for which a hung one lasts. */
  private static final Duration HUNG = Duration.ofSeconds(18);

  /** Of what is not about time. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Inject Content content;
  @Inject Events events;
  @Inject FakeOllama ollama;

  /** Holds calls until the test is over. */
  private CountDownLatch over;

  @BeforeEach
  void begin() {
    over = new CountDownLatch(1);
    ollama.reset();
  }

  @AfterEach
  void end() {
    over.countDown();
    ollama.reset();
  }

  @Test
  void aBadOneOfEachKindDelaysNobodyElse() {
    ollama.answer(this::faulty);
    Collection healthy = content.collection(Content.recipe("healthy"));
    Duration alone = slowestButOne(times(healthy, "Alone", 20));

    Collection hanging = content.collection(Content.recipe("hangs"));
    content.writeMany(hanging, "Never answered ", 50);
    events.wanted(hanging);
    Collection refused = content.collection(Content.recipe("always-busy"));
    content.writeMany(refused, "Refused ", 50);
    events.wanted(refused);
    Collection huge = content.collection(Content.recipe("slow"));
    content.writeMany(huge, "One of many ", 5000);
    events.wanted(huge);
    Collection poisoned = content.collection(Content.recipe("healthy"));
    content.writeMany(poisoned, "Neighbour ", 9);
    long poison = content.write(poisoned, "Poison", "");
    events.wanted(poisoned);
    await().until(() -> asked("hangs") && asked("always-busy") && asked("slow"));

    List<Duration> timesBeside = times(healthy, "Beside", 20);
    Duration beside = slowestButOne(timesBeside);

    assertTrue(
        beside.compareTo(alone.multipliedBy(3).plus(PROMPTLY)) < 0,
        "alone " + alone + ", beside the bad ones " + beside);
    assertTrue(
        Collections.max(timesBeside).compareTo(alone.multipliedBy(3).plus(HUNG)) < 0,
        "none waits for a call that hangs: " + timesBeside);
    assertTrue(content.count(huge, "ready") < 5000, "the backlog is still there");
    assertEquals(0, content.count(hanging, "ready"));
    assertEquals(0, content.count(refused, "ready"));
    await().until(() -> content.count(poisoned, "ready") == 9);
    assertEquals("dead", content.state(poisoned, poison));
    assertEquals("http_400", content.text(poisoned, poison, "error_code"));
    // A server without room costs no document a try.
    assertEquals(
        0,
        content.number(
            "select count(*) from feature.document_state where generation_id = ? and attempts > 1",
            refused.generationId()));
    remove(hanging, refused, huge);
  }

  @Test
  void aBigBacklogDoesNotStarveASmallCollectionOfTheSameModel() {
    ollama.answer(this::faulty);
    Collection big = content.collection(Content.recipe("slow"));
    content.writeMany(big, "One of many ", 5000);
    events.wanted(big);
    await().until(() -> content.count(big, "ready") > 0);

    Collection small = content.collection(Content.recipe("slow"));
    content.writeMany(small, "One of few ", 20);
    events.wanted(small);
    await().atMost(LIMIT).until(() -> content.count(small, "ready") == 20);
    assertTrue(content.count(big, "ready") < 4000, "the big one is not done before");
    remove(big);
  }

  @Test
  void whatHasNoRoomInAQueueIsAcknowledgedAndNotLost() {
    ollama.answer(
        call -> {
          over.await();
          return FakeOllama.vectors(call.inputs());
        });
    Collection collection = content.collection();
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      ids.add(content.write(collection, "Beyond the queue " + i, ""));
    }
    ids.forEach(id -> events.written(collection, id));
    // Those in work and those in the queue are held, and no others.
    await().until(() -> events.unacknowledged() > 0 && events.unacknowledged() < 200);
    assertTrue(content.count(collection, "ready") == 0);

    over.countDown();
    await().until(() -> content.count(collection, "ready") == 300);
    await().until(events::allAcknowledged);
    assertEquals(
        300, ollama.inputs().stream().filter(t -> t.startsWith("Beyond the queue")).count());
  }

  @Test
  void aBuildingGenerationDoesNotDelayItsActiveSibling() {
    ollama.answer(this::faulty);
    Collection active = content.collection(Content.recipe("slow"));
    Collection building = content.building(active, Content.recipe("slow").put("rebuilt", true));
    content.run(
        "update content.generation set recipe = recipe - 'rebuilt' where id = ?",
        building.generationId());
    content.writeMany(active, "Under both ", 1000);
    events.wanted(building);
    await().until(() -> content.count(building, "processing") > 0);
    events.wanted(active);
    await().atMost(LIMIT).until(() -> content.count(active, "ready") == 1000);
    assertTrue(
        content.count(building, "ready") < 1000, "the active one went first, though it came later");
    await().atMost(LIMIT).until(() -> content.count(building, "ready") == 1000);
  }

  private Reply faulty(FakeOllama.Call call) throws InterruptedException {
    return switch (call.model()) {
      case "hangs" -> {
        over.await();
        yield Reply.error(500, "at last");
      }
      case "always-busy" -> new Reply(429, Map.of(), "{}");
      case "slow" -> {
        // A call that takes its time; nothing is waited for by it.
        over.await(100, java.util.concurrent.TimeUnit.MILLISECONDS);
        yield FakeOllama.vectors(call.inputs());
      }
      default ->
          call.inputs().contains("Poison")
              ? Reply.error(400, "cannot embed this")
              : FakeOllama.vectors(call.inputs());
    };
  }

  /** Writes documents one after the other, and tells how long each took to be ready. */
  private List<Duration> times(Collection collection, String title, int count) {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      long id = content.write(collection, title + " " + i, "");
      events.written(collection, id);
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(() -> "ready".equals(content.state(collection, id)));
      times.add(Duration.ofNanos(System.nanoTime() - start));
    }
    return times;
  }

  /** The machine may have had something else to do once. */
  private static Duration slowestButOne(List<Duration> times) {
    return times.stream().sorted().toList().get(times.size() - 2);
  }

  private boolean asked(String model) {
    return ollama.calls().stream().anyMatch(call -> call.model().equals(model));
  }

  /** So that the other tests need not wait for what is left of them. */
  private void remove(Collection... collections) {
    for (Collection collection : collections) {
      content.delete(collection);
      events.deleted(collection, 0);
    }
  }
}
