package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;
import relata.worker.model.Breakers;
import relata.worker.pipeline.Pipeline;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.FakeOllama;
import relata.worker.support.FakeOllama.Reply;
import relata.worker.support.OllamaPort;

/** What a faulty model server does to documents. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class FailuresIT {
  @Inject Content content;
  @Inject FakeOllama ollama;
  @Inject Pipeline pipeline;
  @Inject Breakers breakers;

  /** What the test before left has been tried in vain, and more than once. */
  @BeforeEach
  void reset() {
    ollama.reset();
    await().until(() -> breakers.of("test-model").reason().isEmpty());
  }

  @Test
  void oneRefusedTextKillsItsDocumentAndNoNeighbour() {
    ollama.answer(
        call ->
            call.inputs().contains("Poison.")
                ? Reply.error(400, "cannot embed this")
                : FakeOllama.vectors(call.inputs()));
    Collection collection = content.collection();
    List<Long> ids = documents(collection, 12, 7, "Poison.");
    pipeline.process(collection.batch(ids));

    for (int i = 0; i < ids.size(); i++) {
      assertEquals(i == 7 ? "dead" : "ready", content.state(collection, ids.get(i)));
    }
    assertEquals("http_400", content.text(collection, ids.get(7), "error_code"));
    assertEquals("cannot embed this", content.text(collection, ids.get(7), "error"));
    assertTrue(ollama.calls().size() <= 12, "found by halving, not one by one");
  }

  @Test
  void aDocumentOfTooManyChunksIsDeadBeforeTheModelIsAsked() {
    Collection collection = content.collection();
    long many = content.write(collection, "Many", "a\n\n".repeat(5000));
    long good = content.write(collection, "Good", "");
    pipeline.process(collection.batch(many, good));

    assertEquals("dead", content.state(collection, many));
    assertEquals("too_many_chunks", content.text(collection, many, "error_code"));
    assertEquals("ready", content.state(collection, good));
    assertEquals(List.of("Good"), ollama.inputs());
  }

  @Test
  void aWrongCountOrComponentIsNeverStored() {
    Collection collection = content.collection();
    long count = content.write(collection, "Wrong count", "");
    long zero = content.write(collection, "Zero vector", "");
    long empty = content.write(collection, "Empty vector", "");
    long nan = content.write(collection, "Not a number", "");
    long good = content.write(collection, "Good", "");
    ollama.answer(
        call ->
            switch (call.inputs().getFirst()) {
              case "Wrong count" -> FakeOllama.vectors(List.of("one", "two"));
              case "Zero vector" -> embeddings(Collections.nCopies(8, 0f));
              case "Empty vector" -> embeddings(List.of());
              case "Not a number" -> Reply.error(500, "json: unsupported value: NaN");
              default -> FakeOllama.vectors(call.inputs());
            });
    // Each is the first of a call once the batch is cut in halves.
    for (long id : List.of(count, zero, empty, nan, good)) {
      pipeline.process(collection.batch(id));
    }
    assertEquals("wrong_count", content.text(collection, count, "error_code"));
    assertEquals("zero_vector", content.text(collection, zero, "error_code"));
    assertEquals("no_vector", content.text(collection, empty, "error_code"));
    assertEquals("not_finite", content.text(collection, nan, "error_code"));
    assertEquals("ready", content.state(collection, good));
    for (long id : List.of(count, zero, empty, nan)) {
      assertEquals("dead", content.state(collection, id));
      assertEquals(List.of(), content.chunks(collection, id));
    }
  }

  @Test
  void aModelThatWasExchangedUnderItsNameIsNoticed() {
    Collection collection = content.collection();
    long first = content.write(collection, "Before", "");
    pipeline.process(collection.batch(first));
    ollama.answer(call -> embeddings(List.of(1f, 2f, 3f)));
    long second = content.write(collection, "After", "");
    pipeline.process(collection.batch(second));

    assertEquals("failed", content.state(collection, second));
    assertEquals("model_changed", content.text(collection, second, "error_code"));
    assertEquals(
        "Model test-model answers 3 components, but this generation's vectors have 8. PUT the"
            + " collection's recipe with ?rebuild=true to make its features with the new one.",
        content.text(collection, second, "error"));
    assertEquals("0", content.text(collection, second, "attempts"), "it is not its fault");
    assertEquals("ready", content.state(collection, first));
  }

  @Test
  void aDocumentThatMakesCallsFailTakesNobodyWithItASecondTime() {
    ollama.answer(
        call ->
            call.inputs().contains("Crashes the runner.")
                ? Reply.error(500, "llama runner process has terminated")
                : FakeOllama.vectors(call.inputs()));
    Collection collection = content.collection();
    List<Long> ids = documents(collection, 6, 2, "Crashes the runner.");
    pipeline.process(collection.batch(ids));
    for (int i = 0; i < ids.size(); i++) {
      long id = ids.get(i);
      String expected = i == 2 ? "dead" : "ready";
      await().until(() -> expected.equals(content.state(collection, id)));
    }
  }

  @Test
  void whatIsNoAnswerAtAllIsTheServersFault() {
    Collection collection = content.collection();
    long page = content.write(collection, "A proxy's page", "");
    ollama.answer(_ -> Reply.json("<html>It works!</html>"));
    pipeline.process(collection.batch(page));
    awaitFailure(collection, page, "not_json");
    content.delete(page);
  }

  @Test
  void anAnswerWithoutEndIsNotRead() {
    Collection collection = content.collection();
    long endless = content.write(collection, "Endless", "");
    ollama.answer(_ -> Reply.json("{\"embeddings\":" + " ".repeat(5_000_000)));
    pipeline.process(collection.batch(endless));
    awaitFailure(collection, endless, "answer_too_long");
    content.delete(endless);
  }

  @Test
  void aChunkThatIsTooLongForTheModelIsCutInTwo() {
    ollama.answer(
        call ->
            call.inputs().stream().anyMatch(text -> text.split(" ", -1).length > 10)
                ? Reply.error(400, "the input length exceeds the context length")
                : FakeOllama.vectors(call.inputs()));
    Collection collection = content.collection();
    String words = "one two three four five six seven eight nine ten eleven twelve";
    long id = content.write(collection, "Too long", words + "\n\nShort.");
    long other = content.write(collection, "Neighbour", "");
    pipeline.process(collection.batch(id, other));

    assertEquals("ready", content.state(collection, id));
    assertEquals("ready", content.state(collection, other));
    List<String> chunks = content.chunks(collection, id);
    assertEquals(4, chunks.size());
    assertEquals(
        "paragraph: " + words,
        chunks.get(1) + " " + chunks.get(2).substring("paragraph: ".length()));
    assertEquals("paragraph: Short.", chunks.get(3));
  }

  @Test
  void aDocumentWhoseChunksNeverFitIsDead() {
    ollama.answer(call -> Reply.error(400, "input exceeds maximum context length"));
    Collection collection = content.collection();
    long id = content.write(collection, "Never fits", "");
    pipeline.process(collection.batch(id));
    assertEquals("dead", content.state(collection, id));
    assertEquals("too_long", content.text(collection, id, "error_code"));
  }

  @Test
  void aNewVersionOfADeadDocumentIsANewChance() {
    ollama.answer(call -> Reply.error(400, "no"));
    Collection collection = content.collection();
    long id = content.write(collection, "Second chance", "");
    pipeline.process(collection.batch(id));
    assertEquals("dead", content.state(collection, id));
    ollama.reset();
    content.edit(id, "Better.");
    pipeline.process(collection.batch(id));
    assertEquals("ready", content.state(collection, id));
    assertEquals("1", content.text(collection, id, "attempts"));
  }

  private List<Long> documents(Collection collection, int count, int special, String body) {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(content.write(collection, "Document " + i, i == special ? body : "Body " + i));
    }
    return ids;
  }

  /** The worker tries it again soon, so that it may be in work just now. */
  /** It is tried again, or was meanwhile, in vain and as often as may be. */
  private void awaitFailure(Collection collection, long id, String code) {
    await()
        .until(
            () -> content.text(collection, id, "concat_ws(' ', state, error_code, attempts)"),
            now -> now.startsWith("failed " + code) || now.equals("dead " + code + " 5"));
  }

  private static Reply embeddings(List<Float> vector) {
    return Reply.json(
        new JsonObject().put("embeddings", new JsonArray().add(new JsonArray(vector))).encode());
  }
}
