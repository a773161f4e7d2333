package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;
import relata.worker.erase.GenerationErasure;
import relata.worker.pipeline.Pipeline;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.Events;
import relata.worker.support.FakeOllama;
import relata.worker.support.OllamaPort;

/** What the life of a generation, and wishes of the user's, mean for features. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class GenerationsIT {
  @Inject Content content;
  @Inject Events events;
  @Inject FakeOllama ollama;
  @Inject Pipeline pipeline;
  @Inject GenerationErasure erasure;

  @BeforeEach
  void reset() {
    ollama.reset();
  }

  @Test
  void aPausedGenerationIsLeftAloneUntilItIsResumed() {
    Collection collection = content.collection();
    Collection building = content.building(collection, Content.recipe());
    content.run(
        "update content.generation set paused = true where id = ?", building.generationId());
    long id = content.write(collection, "Paused", "");
    pipeline.process(collection.batch(id));
    pipeline.process(building.batch(id));
    assertEquals("ready", content.state(collection, id));
    assertNull(content.state(building, id));

    content.run(
        "update content.generation set paused = false where id = ?", building.generationId());
    pipeline.process(building.batch(id));
    assertEquals("ready", content.state(building, id));
  }

  @Test
  void aDeadDocumentIsTriedAgainWhenTheUserAsksForIt() {
    Collection collection = content.collection();
    long id = content.write(collection, "Refused at first", "");
    ollama.answer(_ -> FakeOllama.Reply.error(400, "not today"));
    pipeline.process(collection.batch(id));
    assertEquals("dead", content.state(collection, id));

    ollama.reset();
    pipeline.process(collection.batch(id));
    assertEquals("dead", content.state(collection, id), "nobody asked for it");
    content.run("update content.document set request = request + 1 where id = ?", id);
    pipeline.process(collection.batch(id));
    assertEquals("ready", content.state(collection, id));
    assertEquals("1", content.text(collection, id, "attempts"));
    assertEquals("1", content.text(collection, id, "request"));
    assertEquals("1", content.text(collection, id, "stored_request"));
    assertNull(content.text(collection, id, "error"));
  }

  @Test
  void aRequestThatComesWhileADocumentIsInWorkIsNotLost() {
    Collection collection = content.collection();
    long id = content.write(collection, "Asked for twice", "");
    ollama.answer(
        call -> {
          content.run("update content.document set request = request + 1 where id = ?", id);
          return FakeOllama.vectors(call.inputs());
        });
    pipeline.process(collection.batch(id));
    assertNull(content.text(collection, id, "stored_version"), "it was made before the request");

    ollama.reset();
    pipeline.process(collection.batch(id));
    assertEquals("ready", content.state(collection, id));
    assertEquals("1", content.text(collection, id, "request"));
  }

  @Test
  void withAGenerationItsDescriptionsAndModelsAreForgotten() {
    Collection collection = content.collection();
    Collection cancelled = content.building(collection, Content.recipe());
    long id = content.write(collection, "Described", "");
    pipeline.process(cancelled.batch(id));
    content.run(
        """
        insert into feature.description (generation_id, document_id, fingerprint, tenant, text,
                                         model, prompt, prompt_sha256)
        values (?, ?, sha256('a'), 'default', 'Words.', 'writer', 'v1', sha256('v1'))
        """,
        cancelled.generationId(),
        id);
    content.run(
        "update content.generation set state = 'cancelled', erase_after = now() where id = ?",
        cancelled.generationId());
    erasure.gone();
    for (String table : List.of("document_state", "chunk", "description", "generation_model")) {
      assertEquals(
          0,
          content.number(
              "select count(*) from feature." + table + " where generation_id = ?",
              cancelled.generationId()),
          table);
    }
  }

  @Test
  void aGenerationThatIsNoLongerKeptIsErasedAndNoOther() {
    Collection collection = content.collection();
    Collection retired = content.building(collection, Content.recipe());
    long id = content.write(collection, "Under both", "");
    pipeline.process(collection.batch(id));
    pipeline.process(retired.batch(id));
    content.run(
        """
        update content.generation
           set state = 'retired', retired_at = now(), erase_after = now() + interval '1 hour'
         where id = ?
        """,
        retired.generationId());
    erasure.gone();
    assertEquals(1, content.chunks(retired, id).size(), "it may be switched back to");

    content.run(
        "update content.generation set erase_after = now() where id = ?", retired.generationId());
    erasure.gone();
    assertNull(content.state(retired, id));
    assertEquals(List.of(), content.chunks(retired, id));
    assertEquals("ready", content.state(collection, id));
    assertEquals(1, content.chunks(collection, id).size());
    await().until(() -> events.heard(retired, 0).size() == 1);
    assertTrue(events.heard(retired, 0).getFirst().getDeleted());
    assertEquals(collection.id(), events.heard(retired, 0).getFirst().getCollectionId());
    assertEquals("default", events.heard(retired, 0).getFirst().getTenant());

    erasure.gone();
    assertEquals(1, events.heard(retired, 0).size());
  }
}
