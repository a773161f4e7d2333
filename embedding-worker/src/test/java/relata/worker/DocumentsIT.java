package relata.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.Events;
import relata.worker.support.FakeOllama;
import relata.worker.support.HeldAnswer;
import relata.worker.support.OllamaPort;

/** The way of a document, from its event to its features. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class DocumentsIT {
  @Inject Content content;
  @Inject Events events;
  @Inject FakeOllama ollama;

  @BeforeEach
  void reset() {
    ollama.reset();
  }

  @Test
  void aWrittenDocumentGetsItsChunksVectorsAndEvent() {
    Collection collection = content.collection();
    long id = content.write(collection, "Tea", "# Brewing\n\nPour hot water.");
    events.written(collection, id);
    awaitState(collection, id, "ready");

    assertEquals(
        List.of("title: Tea", "heading: Tea > Brewing", "paragraph: Pour hot water."),
        content.chunks(collection, id));
    assertEquals(
        List.of("{Tea}", "{Tea}", "{Tea,Brewing}"),
        content.texts(
            "select heading_path::text from feature.chunk where document_id = ? order by ordinal",
            id));
    byte[] stored =
        content.bytes("select vector from feature.chunk where document_id = ? and ordinal = 2", id);
    ByteBuffer expected = ByteBuffer.allocate(stored.length).order(ByteOrder.LITTLE_ENDIAN);
    FakeOllama.vector("Pour hot water.").forEach(expected::putFloat);
    assertArrayEquals(expected.array(), stored);
    assertEquals("1", content.text(collection, id, "stored_version"));
    assertEquals("1", content.text(collection, id, "attempts"));

    await().until(() -> events.heard(collection, id).size() == 1);
    var event = events.heard(collection, id).getFirst();
    assertEquals("default", event.getTenant());
    assertEquals(collection.id(), event.getCollectionId());
    assertEquals(1, event.getVersion());
    assertFalse(event.getDeleted());
    await().until(events::allAcknowledged);
    await().until(() -> content.number("select count(*) from feature.outbox") == 0);
  }

  @Test
  void theModelIsAskedNotToTruncateAndToStayLoaded() {
    Collection collection = content.collection();
    long id = content.write(collection, "One call", "");
    events.written(collection, id);
    awaitState(collection, id, "ready");
    var request = ollama.calls().getFirst().request();
    assertEquals(false, request.getBoolean("truncate"));
    assertEquals("5m", request.getString("keep_alive"));
    assertEquals("test-model", request.getString("model"));
  }

  @Test
  void theSameEventAgainChangesNothing() {
    Collection collection = content.collection();
    long id = content.write(collection, "Twice", "One paragraph.");
    events.written(collection, id);
    awaitState(collection, id, "ready");
    await().until(() -> events.heard(collection, id).size() == 1);
    String updated = content.text(collection, id, "updated_at");
    ollama.reset();

    events.written(collection, id);
    events.written(collection, id);
    await().until(events::allAcknowledged);

    assertEquals(List.of(), ollama.inputs());
    assertEquals(updated, content.text(collection, id, "updated_at"));
    assertEquals(1, events.heard(collection, id).size());
  }

  @Test
  void editingOneParagraphEmbedsOnlyThatParagraph() {
    Collection collection = content.collection();
    long id = content.write(collection, "Note", "First.\n\nSecond.\n\nThird.");
    events.written(collection, id);
    awaitState(collection, id, "ready");
    ollama.reset();

    content.edit(id, "First.\n\nSecond, rewritten.\n\nThird.");
    events.written(collection, id);
    await().until(() -> "2".equals(content.text(collection, id, "stored_version")));

    assertEquals(List.of("Second, rewritten."), ollama.inputs());
    assertEquals(
        List.of(
            "title: Note",
            "paragraph: First.",
            "paragraph: Second, rewritten.",
            "paragraph: Third."),
        content.chunks(collection, id));
  }

  @Test
  void equalTextsOfDifferentDocumentsAreEmbeddedOnce() {
    Collection collection = content.collection();
    long first = content.write(collection, "Same title", "Same paragraph.\n\nSame paragraph.");
    events.written(collection, first);
    awaitState(collection, first, "ready");
    long second = content.write(collection, "Same title", "Same paragraph.");
    events.written(collection, second);
    awaitState(collection, second, "ready");

    assertEquals(List.of("Same title", "Same paragraph."), ollama.inputs());
    assertEquals(3, content.chunks(collection, first).size());
    assertEquals(2, content.chunks(collection, second).size());
  }

  @Test
  void anEditWhileTheModelIsAtWorkEndsWithTheNewerVector() throws InterruptedException {
    Collection collection = content.collection();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    ollama.answer(
        call -> {
          if (call.inputs().contains("Old text.")) {
            asked.countDown();
            answer.await();
          }
          return FakeOllama.vectors(call.inputs());
        });
    long id = content.write(collection, "Held back", "Old text.");
    events.written(collection, id);
    asked.await();

    content.edit(id, "New text.");
    events.written(collection, id);
    // The newer version is taken from the batch that is still at work on the older.
    await().until(() -> "2".equals(content.text(collection, id, "version")));
    answer.countDown();
    awaitState(collection, id, "ready");
    await().until(events::allAcknowledged);

    assertEquals(
        List.of("title: Held back", "paragraph: New text."), content.chunks(collection, id));
    assertEquals("2", content.text(collection, id, "stored_version"));
    assertEquals("ready", content.state(collection, id));
    await().until(() -> events.heard(collection, id).size() == 1);
    assertEquals(2, events.heard(collection, id).getFirst().getVersion());
  }

  @Test
  void anEditThatNobodyToldOfIsNotStoredUnderTheOlderVersion() throws InterruptedException {
    Collection collection = content.collection();
    HeldAnswer held = ollama.holdVectors();
    long id = content.write(collection, "Silent", "Old.");
    events.written(collection, id);
    held.awaitAsked();
    content.edit(id, "New.");
    held.letGo();
    await().until(events::allAcknowledged);

    assertEquals(List.of(), content.chunks(collection, id));
    assertNull(content.text(collection, id, "stored_version"));
    // It is due, and would be asked for while another test counts what is.
    content.delete(id);
  }

  @Test
  void aDocumentWithNothingToEmbedIsSkippedAndLosesItsOlderFeatures() {
    var recipe = Content.recipe();
    recipe.getJsonObject("split").put("skip", new JsonArray().add("title"));
    Collection collection = content.collection(recipe);
    long id = content.write(collection, "Not embedded", "Something.");
    events.written(collection, id);
    awaitState(collection, id, "ready");

    content.edit(id, "```mermaid\ngraph TD\n```");
    events.written(collection, id);
    awaitState(collection, id, "skipped");

    assertEquals(List.of(), content.chunks(collection, id));
    assertEquals("no_text", content.text(collection, id, "error_code"));
    assertEquals("2", content.text(collection, id, "stored_version"));
    await().until(() -> events.heard(collection, id).size() == 2);
  }

  @Test
  void aDocumentGetsFeaturesUnderEveryServedGeneration() {
    Collection collection = content.collection();
    content.run(
        """
        insert into content.generation (collection_id, state, recipe, recipe_fingerprint)
        select collection_id, state, recipe, sha256(state::bytea)
          from (select collection_id, recipe, unnest(array['building', 'retired']) as state
                  from content.generation where id = ?) other
        """,
        collection.generationId());
    long id = content.write(collection, "Two recipes", "");
    events.written(collection, id);
    await().until(events::allAcknowledged);

    assertEquals(
        List.of("active ready", "building ready"),
        content.texts(
            """
            select g.state || ' ' || s.state from feature.document_state s
              join content.generation g on g.id = s.generation_id
             where s.document_id = ? order by 1
            """,
            id));
  }

  private void awaitState(Collection collection, long id, String state) {
    await().until(() -> state.equals(content.state(collection, id)));
  }
}
