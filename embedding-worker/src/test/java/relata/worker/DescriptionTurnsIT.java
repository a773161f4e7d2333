package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.DescribedDocuments;
import relata.worker.support.FakeOllama;
import relata.worker.support.FakeOllama.Reply;
import relata.worker.support.HeldAnswer;
import relata.worker.support.OllamaPort;

/** Descriptions that are asked for at the same time. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class DescriptionTurnsIT {
  @Inject Content content;
  @Inject DescribedDocuments described;
  @Inject FakeOllama ollama;

  @BeforeEach
  void reset() {
    ollama.reset();
  }

  @Test
  void documentsAreDescribedAtTheSameTime() {
    Collection collection = content.collection(described.recipe());
    CountDownLatch together = new CountDownLatch(2);
    ollama.write(
        _ -> {
          together.countDown();
          return together.await(20, TimeUnit.SECONDS)
              ? FakeOllama.text("Not alone.")
              : Reply.error(500, "alone");
        });
    long one = content.write(collection, "One", "");
    long other = content.write(collection, "Other", "");
    described.process(collection, one, other);
    assertEquals("ready", content.state(collection, one));
    assertEquals("ready", content.state(collection, other));
  }

  @Test
  void aDocumentThatTakesLongKeepsNoNeighbourWaiting() {
    Collection collection = content.collection(described.recipe());
    long slow = content.write(collection, "Slow", "");
    long quick = content.write(collection, "Quick", "");
    ollama.write(
        call -> {
          if (call.inputs().getFirst().contains("Title: Slow")) {
            await().until(() -> "ready".equals(content.state(collection, quick)));
          }
          return FakeOllama.text("Done.");
        });
    described.process(collection, slow, quick);
    assertEquals("ready", content.state(collection, slow));
    assertEquals("ready", content.state(collection, quick));
  }

  @Test
  void aDescriptionThatAnotherBatchIsAskingForIsWaitedFor() throws Exception {
    Collection collection = content.collection(described.recipe());
    long one = content.write(collection, "Shared", "");
    long other = content.write(collection, "Shared", "");
    HeldAnswer held = ollama.holdWords("Shared words.");
    Thread first = Thread.ofVirtual().start(() -> described.process(collection, one));
    held.awaitAsked();
    Thread second = Thread.ofVirtual().start(() -> described.process(collection, other));
    await().until(() -> "processing".equals(content.state(collection, other)));
    held.letGo();
    first.join();
    second.join();
    assertEquals("ready", content.state(collection, one));
    assertEquals("ready", content.state(collection, other));
    assertEquals(1, ollama.prompts().size());
  }

  @Test
  void equalDocumentsAreDescribedOnce() {
    Collection collection = content.collection(described.recipe());
    long one = content.write(collection, "Twins", "Same.");
    long other = content.write(collection, "Twins", "Same.");
    described.process(collection, one, other);
    assertEquals(1, ollama.prompts().size());
    assertEquals(content.chunks(collection, one), content.chunks(collection, other));
    assertEquals(3, content.chunks(collection, other).size());
    assertEquals(1, described.texts(other).size());
  }
}
