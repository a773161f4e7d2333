package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.DescribedDocuments;
import relata.worker.support.FakeOllama;
import relata.worker.support.FakeOllama.Reply;
import relata.worker.support.OllamaPort;

/** Models that write no description, or not the one that is wanted. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class DescriptionFailuresIT {
  @Inject Content content;
  @Inject DescribedDocuments described;
  @Inject FakeOllama ollama;

  @BeforeEach
  void reset() {
    ollama.reset();
  }

  @Test
  void whatFailsLaterDoesNotAskForTheDescriptionAgain() {
    Collection collection = content.collection(described.recipe());
    long id = content.write(collection, "Written once", "");
    List<String> meanwhile = new CopyOnWriteArrayList<>();
    ollama.answer(
        call -> {
          if (meanwhile.isEmpty()) {
            meanwhile.addAll(described.texts(id));
            meanwhile.add("served: " + content.text(collection, id, "description"));
            return Reply.error(500, "no vectors yet");
          }
          return FakeOllama.vectors(call.inputs());
        });
    described.process(collection, id);
    await().until(() -> "ready".equals(content.state(collection, id)));
    assertEquals(List.of(described.texts(id).getFirst(), "served: null"), meanwhile);
    assertEquals(1, ollama.prompts().size());
  }

  @Test
  void oneDocumentsFailureIsNotItsNeighbours() {
    Collection collection = content.collection(described.recipe());
    long refused = content.write(collection, "Refused", "");
    long empty = content.write(collection, "Empty", "");
    long broken = content.write(collection, "Broken", "");
    long good = content.write(collection, "Good", "");
    AtomicBoolean works = new AtomicBoolean();
    ollama.write(
        call -> {
          String prompt = call.inputs().getFirst();
          return prompt.contains("Title: Refused")
              ? Reply.error(400, "prompt not wanted")
              : prompt.contains("Title: Empty")
                  ? FakeOllama.text("<think>nothing to say</think>")
                  : prompt.contains("Title: Broken") && !works.getAndSet(true)
                      ? Reply.error(500, "out of order")
                      : FakeOllama.text("Fine.");
        });
    described.process(collection, refused, empty, broken, good);

    assertEquals(List.of("title: Good", "description: Fine."), content.chunks(collection, good));
    assertEquals("dead http_400", content.outcome(collection, refused));
    assertEquals("ready", content.state(collection, empty));
    await().until(() -> "ready".equals(content.state(collection, broken)));
  }

  @Test
  void anAnswerThatSaysNothingIsAnEmptyDescriptionAndTheTextIsServed() {
    Collection collection = content.collection(described.recipe());
    ollama.write(_ -> FakeOllama.text("<think>What could I say?</think> \n"));
    long id = content.write(collection, "Silence", "Two minutes of it.");
    described.process(collection, id);
    assertEquals(
        List.of("title: Silence", "paragraph: Two minutes of it."), content.chunks(collection, id));
    assertEquals("ready", content.state(collection, id));
    assertEquals(
        List.of("served: "),
        content.texts(
            """
            select 'served: ' || k.text from feature.description k
              join feature.document_state s using (generation_id, document_id)
             where s.document_id = ? and s.description = k.fingerprint
            """,
            id));

    long same = content.write(collection, "Silence", "Two minutes of it.");
    described.process(collection, same);
    assertEquals("ready", content.state(collection, same));
    assertEquals(1, ollama.prompts().size(), "what is known to be empty is not asked for again");
  }

  @Test
  void aWriterThatWasExchangedIsNotAsked() {
    JsonObject recipe = described.recipe();
    recipe.getJsonObject("describe").put("model", "exchanged-writer");
    Collection collection = content.collection(recipe);
    ollama.list("exchanged-writer", "old");
    described.process(collection, content.write(collection, "Before", ""));
    ollama.list("exchanged-writer", "new");
    long after = content.write(collection, "After", "");
    described.process(collection, after);
    assertEquals("failed model_changed", content.outcome(collection, after));
    assertEquals(1, ollama.prompts().size());
  }
}
