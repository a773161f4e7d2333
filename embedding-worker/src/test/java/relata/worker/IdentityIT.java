package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
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

/** Which vectors are used again, and what a model does that was exchanged under its name. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class IdentityIT {
  @Inject Content content;
  @Inject FakeOllama ollama;
  @Inject Pipeline pipeline;

  @BeforeEach
  void reset() {
    ollama.reset();
  }

  @Test
  void theModelIsRecordedAsItWasMetFirst() {
    Collection collection = content.collection();
    ollama.list("test-model", "abc");
    process(collection, content.write(collection, "First", ""));
    assertEquals(List.of("embed test-model abc 8"), models(collection));
  }

  @Test
  void aGenerationOfOtherEdgesCallsNoModel() {
    Collection collection = content.collection(Content.recipe("same"));
    ollama.list("same", "abc");
    long id = content.write(collection, "Title", "One.\n\nTwo.");
    process(collection, id);
    assertEquals(3, ollama.inputs().size());

    JsonObject edges = Content.recipe("same");
    edges.getJsonObject("edges").put("maxNeighbors", 3);
    Collection next = content.building(collection, edges);
    process(next, id);
    assertEquals("ready", content.state(next, id));
    assertEquals(content.chunks(collection, id), content.chunks(next, id));
    assertEquals(3, ollama.inputs().size());
    assertEquals(
        1L,
        content.number(
            """
            select count(distinct vector) from feature.chunk
             where document_id = ? and ordinal = 0
            """,
            id));
  }

  @Test
  void aGenerationOfOtherSplittingEmbedsOnlyWhatIsNew() {
    Collection collection = content.collection(Content.recipe("resplit"));
    ollama.list("resplit", "abc");
    long id = content.write(collection, "Title", "One.\n\nTwo.");
    process(collection, id);
    ollama.reset();
    ollama.list("resplit", "abc");

    JsonObject whole = Content.recipe("resplit");
    whole.getJsonObject("split").put("mode", "whole");
    process(content.building(collection, whole), id);
    assertEquals(List.of("Title\n\nOne.\n\nTwo."), ollama.inputs());
  }

  @Test
  void anotherTenantsVectorsAreNotUsed() {
    Collection collection = content.collection(Content.recipe("tenants"));
    ollama.list("tenants", "abc");
    process(collection, content.write(collection, "Said by two", ""));
    Collection other = content.collection(Content.recipe("tenants"));
    content.run("update content.collection set tenant = 'other-' || id where id = ?", other.id());
    process(other, content.write(other, "Said by two", ""));
    assertEquals(List.of("Said by two", "Said by two"), ollama.inputs());
  }

  @Test
  void withoutDigestsNothingOfAnotherGenerationIsUsed() {
    Collection collection = content.collection(Content.recipe("nameless"));
    long id = content.write(collection, "Twice", "");
    process(collection, id);
    process(content.building(collection, Content.recipe("nameless")), id);
    assertEquals(List.of("Twice", "Twice"), ollama.inputs());
  }

  @Test
  void whenTheDigestChangesDocumentsWaitAndAGenerationMadeAnewGoesOn() {
    Collection collection = content.collection(Content.recipe("exchanged"));
    ollama.list("exchanged", "old");
    long before = content.write(collection, "Before", "");
    process(collection, before);

    ollama.list("exchanged", "new");
    long after = content.write(collection, "After", "");
    process(collection, after);
    assertEquals("failed", content.state(collection, after));
    assertEquals("model_changed", content.text(collection, after, "error_code"));
    assertEquals(
        "Model exchanged on the model server is another one than this generation was made with."
            + " PUT the collection's recipe with ?rebuild=true to make its features with the new"
            + " one.",
        content.text(collection, after, "error"));
    assertEquals("0", content.text(collection, after, "attempts"));
    assertEquals(List.of("Before"), ollama.inputs(), "nothing was asked of the other model");

    Collection rebuilt = content.building(collection, Content.recipe("exchanged"));
    process(rebuilt, before, after);
    assertEquals("ready", content.state(rebuilt, after));
    assertEquals(List.of("Before", "Before", "After"), ollama.inputs(), "no old vector is taken");
    assertEquals(List.of("embed exchanged new 8"), models(rebuilt));
    assertEquals(List.of("embed exchanged old 8"), models(collection));
  }

  @Test
  void whatAModelAnswersThatIsExchangedMeanwhileIsNotStored() {
    Collection collection = content.collection(Content.recipe("midway"));
    ollama.list("midway", "old");
    ollama.answer(
        call -> {
          ollama.list("midway", "new");
          return FakeOllama.vectors(call.inputs());
        });
    long id = content.write(collection, "Asked before, answered after", "");
    process(collection, id);
    assertEquals("model_changed", content.text(collection, id, "error_code"));
    assertEquals(List.of(), content.chunks(collection, id));
    assertEquals(List.of(), models(collection), "neither of the two is the generation's yet");
  }

  @Test
  void aServerThatNamesItsDigestsNoMoreIsTrusted() {
    Collection collection = content.collection(Content.recipe("silent"));
    ollama.list("silent", "abc");
    process(collection, content.write(collection, "Before", ""));
    ollama.reset();
    long after = content.write(collection, "After", "");
    process(collection, after);
    assertEquals("ready", content.state(collection, after));
  }

  @Test
  void vectorsFromBeforeModelsWereRecordedCountAsRecorded() {
    Collection collection = content.collection(Content.recipe("early"));
    process(collection, content.write(collection, "Early", ""));
    // As it was left by a worker that did not record models.
    Collection left = content.building(collection, Content.recipe("early"));
    content.run(
        "update feature.chunk set generation_id = ? where generation_id = ?",
        left.generationId(),
        collection.generationId());
    ollama.answer(_ -> FakeOllama.Reply.json("{\"embeddings\":[[1,2,3]]}"));
    long late = content.write(collection, "Late", "");
    process(left, late);
    assertEquals("model_changed", content.text(left, late, "error_code"));
    assertEquals(List.of("embed early  8"), models(left));
  }

  private void process(Collection collection, Long... ids) {
    pipeline.process(collection.batch(ids));
  }

  private List<String> models(Collection collection) {
    return content.texts(
        """
        select concat_ws(' ', purpose, model, digest, dimension) from feature.generation_model
         where generation_id = ? order by purpose
        """,
        collection.generationId());
  }
}
