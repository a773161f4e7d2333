package relata.worker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.Message;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.contracts.Subjects;
import relata.contracts.v1.EmbedQuery;
import relata.contracts.v1.EmbedQueryFailureReason;
import relata.contracts.v1.EmbedQueryReply;
import relata.local.testing.BackendsResource;
import relata.worker.pipeline.Pipeline;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.Events;
import relata.worker.support.FakeOllama;
import relata.worker.support.FakeOllama.Reply;
import relata.worker.support.HeldAnswer;
import relata.worker.support.OllamaPort;

/** Search texts, asked for over NATS. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class QueryIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Inject Content content;
  @Inject Events events;
  @Inject FakeOllama ollama;
  @Inject Pipeline pipeline;

  @BeforeEach
  void reset() {
    ollama.reset();
  }

  @Test
  void aSearchTextIsEmbeddedWithTheRecipesQueryPrefix() throws Exception {
    Collection collection = content.collection();
    EmbedQueryReply reply = ask(collection.generationId(), "green tea");
    assertEquals(FakeOllama.DIMENSION, reply.getVector().getDimension());
    ByteBuffer values =
        reply.getVector().getValues().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    List<Float> vector = new ArrayList<>();
    while (values.hasRemaining()) {
      vector.add(values.getFloat());
    }
    assertEquals(FakeOllama.vector("query: green tea"), vector);
    assertEquals(List.of("query: green tea"), ollama.inputs());
  }

  @Test
  void aTextThatWasAskedForBeforeIsRemembered() throws Exception {
    Collection collection = content.collection();
    // Only then is it known which model's vectors it is compared with.
    pipeline.process(collection.batch(content.write(collection, "Embedded", "")));
    EmbedQueryReply first = ask(collection.generationId(), "again");
    EmbedQueryReply second = ask(collection.generationId(), "again");
    assertEquals(first, second);
    assertTrue(first.getLasting());
    assertEquals(List.of("Embedded", "query: again"), ollama.inputs());
  }

  @Test
  void nobodyIsToRememberAVectorBeforeItIsKnownWhatItIsComparedWith() throws Exception {
    EmbedQueryReply early = ask(content.collection().generationId(), "early");
    assertTrue(early.hasVector());
    assertFalse(early.getLasting());
  }

  @Test
  void aSearchTextIsNotToBlameWhenTheModelIsAnotherThanThatOfTheVectors() throws Exception {
    Collection collection = content.collection();
    ollama.list("test-model", "old");
    pipeline.process(collection.batch(content.write(collection, "Embedded", "")));
    ask(collection.generationId(), "before");

    ollama.list("test-model", "new");
    EmbedQueryReply reply = ask(collection.generationId(), "after");
    assertEquals(
        EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_MODEL_UNAVAILABLE,
        reply.getFailure().getReason());
    assertTrue(reply.getFailure().getMessage().contains("?rebuild=true"));
    assertEquals(List.of("Embedded", "query: before"), ollama.inputs());
  }

  @Test
  void aSearchTextIsNotToBlameWhenItsVectorHasAnotherDimension() throws Exception {
    Collection collection = content.collection();
    pipeline.process(collection.batch(content.write(collection, "Embedded", "")));
    ollama.answer(_ -> Reply.json("{\"embeddings\":[[1,2,3]]}"));
    EmbedQueryReply reply = ask(collection.generationId(), "short");
    assertEquals(
        EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_MODEL_UNAVAILABLE,
        reply.getFailure().getReason());
    assertTrue(reply.getFailure().getMessage().contains("3 components"));
  }

  @Test
  void aModelThatCannotEmbedIsToBlameAndNotTheText() throws Exception {
    ollama.answer(call -> Reply.error(400, "this model does not support embeddings"));
    var failure = ask(content.collection().generationId(), "text").getFailure();
    assertEquals(
        EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_MODEL_UNAVAILABLE, failure.getReason());
    assertTrue(failure.getMessage().contains("choose an embedding model"), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>Please log in</html>",
        "{}",
        "{\"embeddings\":[]}",
        "{\"embeddings\":[[]]}"
      })
  void aServerThatAnswersNonsenseIsToBlameAndNotTheText(String nonsense) throws Exception {
    ollama.answer(call -> Reply.json(nonsense));
    var failure = ask(content.collection().generationId(), "text").getFailure();
    assertEquals(
        EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_MODEL_UNAVAILABLE, failure.getReason());
    assertTrue(failure.getMessage().startsWith("The model"), failure.getMessage());
  }

  @Test
  void anUnknownGenerationIsSaidToBeUnknown() throws Exception {
    assertEquals(
        EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_UNKNOWN_GENERATION,
        ask(Long.MAX_VALUE, "text").getFailure().getReason());
  }

  @Test
  void aTextThatTheModelRefusesIsRefused() throws Exception {
    ollama.answer(call -> Reply.error(400, "the input length exceeds the context length"));
    Collection collection = content.collection();
    var failure = ask(collection.generationId(), "long").getFailure();
    assertEquals(
        EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_TEXT_REFUSED, failure.getReason());
    assertTrue(failure.getMessage().contains("context length"), failure.getMessage());
    ollama.reset();
    assertEquals(
        EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_TEXT_REFUSED,
        ask(collection.generationId(), "x".repeat(4001)).getFailure().getReason());
    assertEquals(List.of(), ollama.calls());
  }

  @Test
  void aServerWithoutRoomIsSaidToBeUnavailableAndIsAskedAgain() throws Exception {
    ollama.answer(call -> new Reply(503, Map.of("Retry-After", "1"), "busy"));
    Collection collection = content.collection();
    assertEquals(
        EmbedQueryFailureReason.EMBED_QUERY_FAILURE_REASON_MODEL_UNAVAILABLE,
        ask(collection.generationId(), "patience").getFailure().getReason());
    ollama.reset();
    assertTrue(ask(collection.generationId(), "patience").hasVector());
  }

  @Test
  void aTextThatIsRememberedDoesNotWaitForThoseThatAreNot() throws Exception {
    Collection collection = content.collection();
    pipeline.process(collection.batch(content.write(collection, "Embedded", "")));
    EmbedQueryReply remembered = ask(collection.generationId(), "remembered");
    HeldAnswer model = ollama.holdVectors();
    CompletableFuture<?>[] others;
    try {
      others =
          IntStream.range(0, 100)
              .mapToObj(number -> request(collection.generationId(), "new " + number))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.anyOf(others).get(LIMIT.toSeconds(), SECONDS);

      assertEquals(remembered, ask(collection.generationId(), "remembered"));
    } finally {
      model.letGo();
    }
    // What they ask the model for is not for the next test to find.
    CompletableFuture.allOf(others).get(LIMIT.toSeconds(), SECONDS);
  }

  private EmbedQueryReply ask(long generationId, String text) throws Exception {
    return EmbedQueryReply.parseFrom(
        request(generationId, text).get(LIMIT.toSeconds(), SECONDS).getData());
  }

  private CompletableFuture<Message> request(long generationId, String text) {
    byte[] query =
        EmbedQuery.newBuilder()
            .setTenant("default")
            .setGenerationId(generationId)
            .setText(text)
            .build()
            .toByteArray();
    return events.connection().requestWithTimeout(Subjects.EMBED_QUERY, query, LIMIT);
  }
}
