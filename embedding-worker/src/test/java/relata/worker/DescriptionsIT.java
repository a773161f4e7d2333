package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;
import relata.worker.erase.Erasure;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.DescribedDocuments;
import relata.worker.support.Events;
import relata.worker.support.FakeOllama;
import relata.worker.support.HeldAnswer;
import relata.worker.support.OllamaPort;

/** Documents that a model describes before they are embedded. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class DescriptionsIT {
  @Inject Content content;
  @Inject DescribedDocuments described;
  @Inject FakeOllama ollama;
  @Inject Events events;
  @Inject Erasure erasure;

  @BeforeEach
  void reset() {
    ollama.reset();
  }

  @Test
  void aDescriptionIsWrittenStoredAndEmbeddedBehindTheTitle() {
    Collection collection = content.collection(described.recipe());
    ollama.list("test-writer", "w1");
    ollama.write(_ -> FakeOllama.text("<think>hm</think>\nAbout green\ntea. "));
    long id = content.write(collection, "Green tea", "Two minutes.");
    events.written(collection, id);
    await().until(() -> "ready".equals(content.state(collection, id)));

    assertEquals(
        List.of("title: Green tea", "description: About green tea.", "paragraph: Two minutes."),
        content.chunks(collection, id));
    assertEquals(List.of("Green tea", "About green tea.", "Two minutes."), ollama.inputs());
    assertEquals(
        List.of("About green tea. test-writer v1 " + described.sha256("v1")),
        content.texts(
            """
            select concat_ws(' ', k.text, k.model, k.prompt, encode(k.prompt_sha256, 'hex'))
              from feature.description k
              join feature.document_state s using (generation_id, document_id)
             where s.document_id = ? and s.description = k.fingerprint
            """,
            id));
    assertEquals(
        List.of("describe test-writer w1", "embed test-model  8"),
        content.texts(
            """
            select concat_ws(' ', purpose, model, digest, dimension) from feature.generation_model
             where generation_id = ? order by purpose
            """,
            collection.generationId()));
  }

  @Test
  void anEditIsDescribedAnewAndTheOldDescriptionServesMeanwhile() throws Exception {
    Collection collection = content.collection(described.recipe());
    long id = content.write(collection, "Served", "Old.");
    described.process(collection, id);
    List<String> before = content.chunks(collection, id);
    String served = content.text(collection, id, "description");

    HeldAnswer held = ollama.holdWords("Newer words.");
    content.edit(id, "New.");
    events.written(collection, id);
    held.awaitAsked();
    assertEquals(before, content.chunks(collection, id));
    assertEquals(served, content.text(collection, id, "description"));

    held.letGo();
    await().until(() -> "ready".equals(content.state(collection, id)));
    assertEquals(
        List.of("title: Served", "description: Newer words.", "paragraph: New."),
        content.chunks(collection, id));
    assertEquals(List.of("Newer words."), described.texts(id), "the older one is gone");
    assertEquals(2, ollama.prompts().size());
  }

  @Test
  void aGenerationWithTheSameDescriptionsAsksForNone() {
    JsonObject recipe = described.recipe();
    recipe.getJsonObject("describe").put("model", "shared-writer");
    Collection collection = content.collection(recipe);
    ollama.list("shared-writer", "w1");
    ollama.list("test-model", "reused in descriptions");
    long id = content.write(collection, "Described once", "Body.");
    described.process(collection, id);
    assertEquals(1, ollama.prompts().size());

    JsonObject other = recipe.copy();
    other.getJsonObject("split").put("skip", new JsonArray().add("title"));
    Collection next = content.building(collection, other);
    described.process(next, id);
    assertEquals("ready", content.state(next, id));
    assertEquals(content.chunks(collection, id).subList(1, 3), content.chunks(next, id));
    assertEquals(1, ollama.prompts().size());
    assertEquals(3, ollama.inputs().size());
    assertEquals(2, described.texts(id).size(), "each generation has its own");
  }

  @Test
  void aDescriptionThatIsSkippedIsKeptAndNotEmbedded() {
    JsonObject recipe = described.recipe();
    recipe.getJsonObject("split").put("skip", new JsonArray().add("description"));
    Collection collection = content.collection(recipe);
    long id = content.write(collection, "Only shown", "");
    described.process(collection, id);
    assertEquals(List.of("title: Only shown"), content.chunks(collection, id));
    assertEquals(1, described.texts(id).size());
  }

  @Test
  void aDescriptionThatComesBehindAnEraseLeavesNothing() {
    Collection collection = content.collection(described.recipe());
    long id = content.write(collection, "Erased meanwhile", "Secret.");
    ollama.write(
        _ -> {
          content.delete(id);
          erasure.documents(List.of(id));
          return FakeOllama.text("The secret.");
        });
    described.process(collection, id);
    assertEquals(1, ollama.prompts().size());
    assertEquals(List.of(), described.texts(id));
    assertEquals(List.of(), content.chunks(collection, id));
    assertNull(content.state(collection, id));
  }

  @Test
  void anErasedDocumentLosesItsDescriptions() {
    Collection collection = content.collection(described.recipe());
    long id = content.write(collection, "Erased", "");
    described.process(collection, id);
    assertEquals(1, described.texts(id).size());
    content.delete(id);
    erasure.documents(List.of(id));
    assertEquals(List.of(), described.texts(id));
  }
}
