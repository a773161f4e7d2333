package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import relata.local.testing.BackendsResource;
import relata.worker.backfill.Backfill;
import relata.worker.backfill.BackfillOptions;
import relata.worker.backfill.BackfillOutcome;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.FakeOllama;
import relata.worker.support.FakeOllama.Reply;
import relata.worker.support.OllamaPort;

/** What a backfill does to stale documents that nobody sent an event for. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class BackfillIT {
  @Inject Content content;
  @Inject FakeOllama ollama;
  @Inject Backfill backfill;

  /** A run, and what is asserted of it. */
  @FunctionalInterface
  private interface Executable {
    void run() throws Exception;
  }

  @BeforeEach
  void reset() {
    ollama.reset();
  }

  @Test
  void allStaleDocumentsOfTheCollectionBecomeReadyAndNoOthers() throws Exception {
    Collection meant = content.collection();
    Collection other = content.collection();
    long untouched = content.write(other, "Not meant", "");
    for (int i = 0; i < 25; i++) {
      content.write(meant, "Document " + i, "Body " + i);
    }
    assertEquals(BackfillOutcome.DONE, backfill.run(options(meant, OptionalDouble.empty(), 10)));
    assertEquals(25, count(meant, "ready"));
    assertEquals(null, content.state(other, untouched));
    assertEquals(0, content.number("select count(*) from feature.outbox"));
  }

  @Test
  void aDeadDocumentIsSaidByTheOutcomeAndHoldsUpNoOther() throws Exception {
    ollama.answer(
        call ->
            call.inputs().contains("Poison")
                ? Reply.error(400, "no such text, please")
                : FakeOllama.vectors(call.inputs()));
    Collection collection = content.collection();
    long poison = content.write(collection, "Poison", "");
    for (int i = 0; i < 5; i++) {
      content.write(collection, "Document " + i, "");
    }
    assertEquals(
        BackfillOutcome.LEFT, backfill.run(options(collection, OptionalDouble.empty(), 10)));
    assertEquals("dead", content.state(collection, poison));
    assertEquals(5, count(collection, "ready"));
  }

  @Test
  void aDocumentThatFailedIsWaitedForUntilItsNextTry() throws Exception {
    Collection collection = content.collection();
    long id = content.write(collection, "Second time lucky", "");
    CountDownLatch failed = new CountDownLatch(1);
    ollama.answer(
        call -> {
          if (failed.getCount() > 0) {
            failed.countDown();
            return Reply.error(500, "not yet");
          }
          return FakeOllama.vectors(call.inputs());
        });
    assertEquals(
        BackfillOutcome.DONE, backfill.run(options(collection, OptionalDouble.empty(), 10)));
    assertEquals("2", content.text(collection, id, "attempts"));
  }

  @Test
  @Timeout(60)
  void whatWaitsForAPersonIsLeftOnceItWasTried() throws Exception {
    Collection collection = content.collection(Content.recipe("exchanged-before"));
    ollama.list("exchanged-before", "old");
    content.write(collection, "Before", "");
    assertEquals(
        BackfillOutcome.DONE, backfill.run(options(collection, OptionalDouble.empty(), 10)));
    ollama.list("exchanged-before", "new");
    long id = content.write(collection, "After", "");
    assertEquals(
        BackfillOutcome.LEFT, backfill.run(options(collection, OptionalDouble.empty(), 10)));
    assertEquals("model_changed", content.text(collection, id, "error_code"));

    ollama.list("exchanged-before", "old");
    content.run(
        "update feature.document_state set next_attempt_at = now() where document_id = ?", id);
    assertEquals(
        BackfillOutcome.DONE, backfill.run(options(collection, OptionalDouble.empty(), 10)));
  }

  @Test
  @Timeout(60)
  void whatCannotSucceedEndsAndSaysWhatIsMissing() throws Exception {
    Collection collection = content.collection(Content.recipe("not-pulled"));
    content.write(collection, "Waits", "");
    ollama.answer(
        call ->
            call.model().equals("not-pulled")
                ? Reply.error(404, "model \"not-pulled\" not found")
                : FakeOllama.vectors(call.inputs()));
    String said =
        saidBy(
            () ->
                assertEquals(
                    BackfillOutcome.STALLED,
                    backfill.run(options(collection, OptionalDouble.empty(), 10))));
    assertTrue(said.contains("1 documents: Model not-pulled is not on the model server"), said);
    // The worker's own sweep may be trying it just now.
    await().until(() -> tried(collection), "failed model_missing 0"::equals);
    content.delete(collection);
  }

  @Test
  @Timeout(60)
  void aServerThatIsAwayForTooLongEndsItToo() throws Exception {
    Collection collection = content.collection(Content.recipe("away-for-long"));
    content.write(collection, "Waits", "");
    ollama.answer(_ -> Reply.error(503, "no room at all"));
    String said =
        saidBy(
            () ->
                assertEquals(
                    BackfillOutcome.STALLED,
                    backfill.run(options(collection, OptionalDouble.empty(), 10))));
    assertTrue(said.contains("1 documents: no room at all (http_503)"), said);
    content.delete(collection);
  }

  @Test
  void theRateIsNotExceeded() throws Exception {
    Collection collection = content.collection();
    for (int i = 0; i < 30; i++) {
      content.write(collection, "Slowly " + i, "");
    }
    long start = System.nanoTime();
    assertEquals(BackfillOutcome.DONE, backfill.run(options(collection, OptionalDouble.of(20), 5)));
    // The first batch goes at once.
    double seconds = (System.nanoTime() - start) / 1e9;
    assertTrue(seconds >= 25 / 20.0, () -> "30 documents in " + seconds + " s");
  }

  @Test
  void whoeverNamesACollectionThatIsNotThereIsTold() throws Exception {
    assertEquals(
        BackfillOutcome.MISUSED,
        backfill.run(
            new BackfillOptions(
                Optional.of("nowhere"),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty())));
  }

  private BackfillOptions options(Collection collection, OptionalDouble rate, int batch) {
    String name =
        content
            .texts("select name from content.collection where id = ?", collection.id())
            .getFirst();
    return new BackfillOptions(
        Optional.of(name), Optional.of("default"), rate, OptionalInt.of(batch));
  }

  private String tried(Collection collection) {
    return content
        .texts(
            """
            select concat_ws(' ', state, error_code, attempts) from feature.document_state
             where generation_id = ?
            """,
            collection.generationId())
        .getFirst();
  }

  /** What goes to the standard error meanwhile. */
  private static String saidBy(Executable run) throws Exception {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      run.run();
    } finally {
      System.setErr(before);
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  private long count(Collection collection, String state) {
    return content.number(
        "select count(*) from feature.document_state where generation_id = ? and state = ?",
        collection.generationId(),
        state);
  }
}
