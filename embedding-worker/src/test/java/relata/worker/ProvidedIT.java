package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.contracts.Subjects;
import relata.contracts.v1.EmbedQuery;
import relata.contracts.v1.EmbedQueryReply;
import relata.local.testing.BackendsResource;
import relata.worker.pipeline.Pipeline;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.Events;
import relata.worker.support.FakeOllama;
import relata.worker.support.OllamaPort;

/** Generations whose chunks and vectors the client brings. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class ProvidedIT {
  @Inject Content content;
  @Inject FakeOllama ollama;
  @Inject Events events;
  @Inject Pipeline pipeline;

  @BeforeEach
  void reset() {
    ollama.reset();
  }

  @Test
  void theClientsChunksAreStoredAsTheyAre() {
    Collection collection = content.collection(recipe(3));
    long id = content.write(collection, "Brought", "This is not split.");
    provide(collection, id, 0, "title", "Brought", 1, 2, 3);
    provide(collection, id, 1, "paragraph", "Cut elsewhere.", 4, 5, 6);
    process(collection, id);

    assertEquals("ready", content.state(collection, id));
    assertEquals(
        List.of("title: Brought", "paragraph: Cut elsewhere."), content.chunks(collection, id));
    assertEquals(
        List.of("{Brought,Part} 3"),
        content.texts(
            """
            select heading_path::text || ' ' || dimension from feature.chunk
             where document_id = ? and ordinal = 1
            """,
            id));
    assertEquals(
        ByteBuffer.wrap(vector(4, 5, 6)),
        ByteBuffer.wrap(
            content.bytes(
                "select vector from feature.chunk where document_id = ? and ordinal = 1", id)));
    assertEquals(List.of(), ollama.inputs());
  }

  @Test
  void aSearchTextThatAnotherModelEmbedsSaysWhichModelToName() throws Exception {
    Collection collection = content.collection(recipe(3));
    long id = content.write(collection, "Brought", "");
    provide(collection, id, 0, "title", "Brought", 1, 2, 3);
    process(collection, id);
    byte[] query =
        EmbedQuery.newBuilder()
            .setTenant("default")
            .setGenerationId(collection.generationId())
            .setText("text")
            .build()
            .toByteArray();
    var reply = events.connection().request(Subjects.EMBED_QUERY, query, Duration.ofSeconds(30));
    assertEquals(
        "The client's vectors cannot be compared with those of model test-model, which have 8"
            + " components: name in embed.model the model that the client's come from.",
        EmbedQueryReply.parseFrom(reply.getData()).getFailure().getMessage());
  }

  @Test
  void withoutChunksADocumentSaysWhatToSendAndIsNotTriedAgain() {
    Collection collection = content.collection(recipe(3));
    long id = content.write(collection, "Nothing brought", "");
    process(collection, id);
    assertEquals("failed not_provided", content.outcome(collection, id));
    assertTrue(content.text(collection, id, "error").contains("vectors of 3 components"));
    assertNull(content.text(collection, id, "next_attempt_at"));
    assertEquals("0", content.text(collection, id, "attempts"));

    provide(collection, id, 0, "title", "Nothing brought", 1, 2, 3);
    process(collection, id);
    assertEquals(
        "failed not_provided", content.outcome(collection, id), "nobody asked for another try");
    content.run("update content.document set request = request + 1 where id = ?", id);
    process(collection, id);
    assertEquals("ready", content.state(collection, id));
  }

  @Test
  void chunksOfAnOlderVersionAreNotTaken() {
    Collection collection = content.collection(recipe(3));
    long id = content.write(collection, "Edited", "Old.");
    provide(collection, id, 0, "title", "Edited", 1, 2, 3);
    process(collection, id);
    content.edit(id, "New.");
    process(collection, id);
    assertEquals("failed not_provided", content.outcome(collection, id));
    assertEquals(List.of("title: Edited"), content.chunks(collection, id), "they serve meanwhile");
    assertEquals("1", content.text(collection, id, "stored_version"));
  }

  @Test
  void whatIsWrongIsNotStoredAndHarmsNoNeighbour() {
    Collection collection = content.collection(recipe(3));
    long dimension = content.write(collection, "Wrong dimension", "");
    provide(collection, dimension, 0, "title", "Wrong dimension", 1, 2);
    long infinite = content.write(collection, "Infinite", "");
    provide(collection, infinite, 0, "title", "Infinite", 1, Float.POSITIVE_INFINITY, 3);
    long good = content.write(collection, "Good", "");
    provide(collection, good, 0, "title", "Good", 1, 2, 3);
    process(collection, dimension, infinite, good);

    assertEquals("dead wrong_dimension", content.outcome(collection, dimension));
    assertEquals("dead not_finite", content.outcome(collection, infinite));
    assertEquals("ready", content.state(collection, good));
  }

  @Test
  void aModelsGenerationTakesNoVectorOfTheClients() {
    Collection collection = content.collection(recipe(FakeOllama.DIMENSION));
    ollama.list("test-model", "beside the client");
    long id = content.write(collection, "Same text", "");
    provide(collection, id, 0, "title", "Same text", 1, 2, 3, 4, 5, 6, 7, 8);
    process(collection, id);
    assertEquals("ready", content.state(collection, id));

    Collection embedded = content.building(collection, Content.recipe());
    process(embedded, id);
    assertEquals("ready", content.state(embedded, id));
    assertEquals(List.of("Same text"), ollama.inputs());
  }

  private void process(Collection collection, Long... ids) {
    pipeline.process(collection.batch(ids));
  }

  private void provide(
      Collection collection, long id, int ordinal, String kind, String text, float... vector) {
    content.run(
        """
        insert into content.provided_chunk (generation_id, document_id, ordinal, version, kind,
                                            heading_path, text, dimension, vector)
        select ?, id, ?, version, ?, array['Brought', 'Part'], ?, ?, ?
          from content.document where id = ?
        """,
        collection.generationId(),
        ordinal,
        kind,
        text,
        vector.length,
        vector(vector),
        id);
  }

  private static byte[] vector(float... components) {
    ByteBuffer bytes =
        ByteBuffer.allocate(components.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(components);
    return bytes.array();
  }

  private static JsonObject recipe(int dimension) {
    JsonObject recipe = Content.recipe();
    recipe.getJsonObject("embed").put("source", "client").put("dimension", dimension);
    return recipe;
  }
}
