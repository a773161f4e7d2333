package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;
import relata.worker.database.DatabaseException;
import relata.worker.pipeline.Pipeline;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.FakeOllama;
import relata.worker.support.HeldAnswer;
import relata.worker.support.OllamaPort;

/** Several batches at once, in one process or in several. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class ConcurrencyIT {
  @Inject Content content;
  @Inject FakeOllama ollama;
  @Inject Pipeline pipeline;

  @BeforeEach
  void reset() {
    ollama.reset();
  }

  @Test
  void batchesWithTheSameDocumentsEmbedEachOnce() throws Exception {
    Collection collection = content.collection();
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add(content.write(collection, "Wanted by all " + i, ""));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> batches = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        List<Long> batch = i % 2 == 0 ? ids : ids.reversed();
        batches.add(threads.submit(() -> pipeline.process(collection.batch(batch))));
      }
      for (Future<?> batch : batches) {
        batch.get();
      }
    }
    assertEquals(40, ollama.inputs().size());
    assertEquals(40, new HashSet<>(ollama.inputs()).size());
    for (long id : ids) {
      assertEquals("ready", content.state(collection, id));
    }
  }

  @Test
  void aTextInTwoBatchesAtOnceIsEmbeddedOnce() throws Exception {
    HeldAnswer held = ollama.holdVectors();
    Collection collection = content.collection();
    long first = content.write(collection, "The same", "");
    long second = content.write(collection, "The same", "");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> one = threads.submit(() -> pipeline.process(collection.batch(first)));
      held.awaitAsked();
      Future<?> other = threads.submit(() -> pipeline.process(collection.batch(second)));
      await().until(() -> "processing".equals(content.state(collection, second)));
      held.letGo();
      one.get();
      other.get();
    }
    assertEquals(List.of("The same"), ollama.inputs());
    assertEquals("ready", content.state(collection, first));
    assertEquals("ready", content.state(collection, second));
  }

  @Test
  void anInterruptedBatchGivesItsDocumentsBackAtOnce() throws Exception {
    HeldAnswer held = ollama.holdVectors();
    Collection collection = content.collection();
    long id = content.write(collection, "Interrupted", "");
    Thread batch =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    pipeline.process(collection.batch(id));
                  } catch (DatabaseException stopped) {
                    assertTrue(stopped.isOutage());
                  }
                });
    held.awaitAsked();
    batch.interrupt();
    batch.join();
    held.letGo();

    assertEquals("processing", content.state(collection, id));
    assertEquals("0", content.text(collection, id, "attempts"));
    assertNull(content.text(collection, id, "claim"));
    ollama.reset();
    pipeline.process(collection.batch(id));
    assertEquals("ready", content.state(collection, id));
    assertEquals("1", content.text(collection, id, "attempts"));
  }

  @Test
  void aDeleteWhileTheModelIsAtWorkLeavesNothingBehind() throws Exception {
    HeldAnswer held = ollama.holdVectors();
    Collection collection = content.collection();
    long id = content.write(collection, "Deleted meanwhile", "");
    Thread batch = Thread.ofVirtual().start(() -> pipeline.process(collection.batch(id)));
    held.awaitAsked();
    content.delete(id);
    held.letGo();
    batch.join();
    assertEquals(List.of(), content.chunks(collection, id));
  }
}
