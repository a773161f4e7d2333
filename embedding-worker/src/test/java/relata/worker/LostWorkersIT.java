package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;
import relata.worker.pipeline.Pipeline;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.FakeOllama;
import relata.worker.support.OllamaPort;

/** Documents that workers were killed on. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class LostWorkersIT {
  @Inject Content content;
  @Inject FakeOllama ollama;
  @Inject Pipeline pipeline;

  private Collection collection;

  @BeforeEach
  void reset() {
    ollama.reset();
    collection = content.collection();
  }

  @Test
  void aDocumentOnWhichFiveWorkersEndedIsDead() {
    long id = leftBehind("Ends its worker", 5);
    pipeline.process(collection.batch(id));
    assertEquals("dead", content.state(collection, id));
    assertEquals("worker_lost", content.text(collection, id, "error_code"));
    assertEquals(List.of(), ollama.calls());
  }

  @Test
  void afterTwoLostWorkersADocumentIsClaimedAlone() {
    List<Long> ids = List.of(leftBehind("One", 2), leftBehind("Two", 2), leftBehind("Three", 2));
    pipeline.process(collection.batch(ids));
    for (long id : ids) {
      assertEquals("ready", content.state(collection, id));
      assertEquals("3", content.text(collection, id, "attempts"));
    }
    assertEquals(3, ollama.calls().size());
  }

  /**
   * As a worker leaves a document when it is killed at its n-th try, once the lease has run out.
   */
  private long leftBehind(String title, int tries) {
    long id = content.write(collection, title, "");
    content.run(
        """
        insert into feature.document_state
               (generation_id, document_id, version, content_hash, state, attempts, claim, lease_until)
        select ?, id, version, content_hash, 'processing', ?, gen_random_uuid(),
               now() - interval '1 second'
          from content.document where id = ?
        """,
        collection.generationId(),
        tries,
        id);
    return id;
  }
}
