package relata.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.nats.client.api.ConsumerInfo;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.contracts.Streams;
import relata.local.testing.BackendsResource;
import relata.worker.pipeline.Pipeline;
import relata.worker.pipeline.Wakeups;
import relata.worker.support.Content;
import relata.worker.support.Content.Collection;
import relata.worker.support.Events;
import relata.worker.support.FakeOllama;
import relata.worker.support.OllamaPort;

/** What happens when events are lost, doubled or senseless, and when the broker forgets. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(OllamaPort.class)
class SweepIT {
  @Inject Content content;
  @Inject Events events;
  @Inject FakeOllama ollama;
  @Inject Wakeups wakeups;
  @Inject Pipeline pipeline;

  @BeforeEach
  void reset() {
    ollama.reset();
  }

  @Test
  void withoutASingleEventEverythingBecomesReady() {
    Collection collection = content.collection();
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      ids.add(content.write(collection, "Swept document " + i, "Swept body " + i));
    }
    wakeups.sweepIn(Duration.ZERO);
    await()
        .until(
            () ->
                content.number(
                        "select count(*) from feature.document_state"
                            + " where generation_id = ? and state = 'ready'",
                        collection.generationId())
                    == ids.size());
    assertEquals(300, ollama.inputs().stream().filter(text -> text.startsWith("Swept")).count());
    await().until(() -> ids.stream().allMatch(id -> events.heard(collection, id).size() == 1));
  }

  @Test
  void aCrashedWorkersDocumentIsTakenOverWhenItsLeaseHasRunOut() {
    Collection collection = content.collection();
    long id = content.write(collection, "Left behind", "");
    content.run(
        """
        insert into feature.document_state (generation_id, document_id, version, content_hash,
                                            state, attempts, claim, lease_until)
        select ?, id, version, content_hash, 'processing', 1, gen_random_uuid(),
               now() + interval '12 seconds'
          from content.document where id = ?
        """,
        collection.generationId(),
        id);
    pipeline.process(collection.batch(id));
    assertEquals("processing", content.state(collection, id), "it is still the other's");

    // No sweep: the next due time is looked up after one look, and kept.
    wakeups.dueIn(Duration.ZERO);
    await().until(() -> "ready".equals(content.state(collection, id)));
    assertEquals("2", content.text(collection, id, "attempts"));
  }

  @Test
  void aDeletedDocumentLosesItsFeaturesByItsEvent() {
    Collection collection = content.collection();
    long id = ready(collection, "To be deleted");
    content.delete(id);
    events.deleted(collection, id);
    await().until(() -> content.state(collection, id) == null);
    assertEquals(List.of(), content.chunks(collection, id));
    await().until(() -> events.heard(collection, id).size() == 2);
    var erased = events.heard(collection, id).getLast();
    assertTrue(erased.getDeleted());
    assertEquals(collection.id(), erased.getCollectionId());
    assertEquals("default", erased.getTenant());
    assertEquals(0, erased.getVersion());
  }

  @Test
  void aDeletedDocumentLosesItsFeaturesWithoutAnEventToo() {
    Collection collection = content.collection();
    long id = ready(collection, "Event lost");
    content.delete(id);
    wakeups.sweepIn(Duration.ZERO);
    await().until(() -> content.state(collection, id) == null);
    assertEquals(List.of(), content.chunks(collection, id));
    await().until(() -> events.heard(collection, id).size() == 2);
  }

  @Test
  void anEventThatSaysDeletedErasesNothingThatIsThere() {
    Collection collection = content.collection();
    long id = ready(collection, "Not deleted");
    events.deleted(collection, id);
    await().until(events::allAcknowledged);
    assertEquals("ready", content.state(collection, id));
    assertEquals(1, content.chunks(collection, id).size());
  }

  @Test
  void aDeletedCollectionLosesAllFeaturesOfItsGenerations() {
    Collection collection = content.collection();
    long first = ready(collection, "One");
    long second = ready(collection, "Two");
    content.delete(collection);
    events.deleted(collection, 0);

    await().until(() -> events.heard(collection, 0).size() == 1);
    assertTrue(events.heard(collection, 0).getFirst().getDeleted());
    assertEquals(collection.id(), events.heard(collection, 0).getFirst().getCollectionId());
    for (long id : List.of(first, second)) {
      assertNull(content.state(collection, id));
      assertEquals(List.of(), content.chunks(collection, id));
    }
  }

  @Test
  void aDeletedCollectionIsErasedWithoutAnEventToo() {
    Collection collection = content.collection();
    long id = ready(collection, "Gone");
    content.delete(collection);
    wakeups.sweepIn(Duration.ZERO);
    await().until(() -> events.heard(collection, 0).size() == 1);
    assertEquals(List.of(), content.chunks(collection, id));
  }

  @Test
  void aCollectionThatTakesLongToEraseKeepsNobodyWaiting() throws Exception {
    Collection large = content.collection();
    long held = ready(large, "Slow to erase");
    Collection other = content.collection();
    try (Connection row =
        content.lock(
            "select 1 from feature.document_state where document_id = ? for update", held)) {
      content.delete(large);
      events.deleted(large, 0);
      wakeups.sweepIn(Duration.ZERO);
      long changed = content.write(other, "Changed meanwhile", "");
      events.written(other, changed);
      await().until(() -> "ready".equals(content.state(other, changed)));
      long due = failedAndDue(other, "Due meanwhile");
      wakeups.dueIn(Duration.ZERO);
      await().until(() -> "ready".equals(content.state(other, due)));
      assertEquals("ready", content.text(large, held, "state"), "it is still being erased");
      row.rollback();
    }
    await().until(() -> events.heard(large, 0).size() == 1);
    await().until(events::allAcknowledged);
  }

  @Test
  void documentsDueUnderAGenerationThatIsPausedKeepNoOthersWaiting() {
    Collection paused = content.collection();
    content.run(
        "update content.generation set state = 'building', paused = true where id = ?",
        paused.generationId());
    content.writeMany(paused, "Paused ", 501);
    content.run(
        """
        insert into feature.document_state (generation_id, document_id, version, content_hash,
                                            state, attempts, next_attempt_at)
        select ?, id, version, content_hash, 'failed', 1, now() - interval '1 hour'
          from content.document where collection_id = ?
        """,
        paused.generationId(),
        paused.id());
    Collection other = content.collection();
    long due = failedAndDue(other, "Due later");
    wakeups.dueIn(Duration.ZERO);
    await().until(() -> "ready".equals(content.state(other, due)));
  }

  @Test
  void anEventThatCannotBeReadStopsNothing() {
    events.publish(new byte[] {(byte) 0xff, 1, 2, 3});
    Collection collection = content.collection();
    long id = content.write(collection, "Behind nonsense", "");
    events.written(collection, id);
    await().until(() -> "ready".equals(content.state(collection, id)));
    await().until(events::allAcknowledged);
  }

  @Test
  void aDeletedConsumerIsMadeAgain() throws Exception {
    events.management().deleteConsumer(Streams.CONTENT, Streams.EMBEDDING_WORKER);
    Collection collection = content.collection();
    long id = content.write(collection, "After the consumer", "");
    events.written(collection, id);
    await().until(() -> "ready".equals(content.state(collection, id)));
    ConsumerInfo consumer =
        events.management().getConsumerInfo(Streams.CONTENT, Streams.EMBEDDING_WORKER);
    assertEquals(-1, consumer.getConsumerConfiguration().getMaxDeliver());
  }

  @Test
  void deletedStreamsAreNoticedAndComeBack() throws Exception {
    events.management().deleteStream(Streams.CONTENT);
    events.management().deleteStream(Streams.FEATURES);
    events.createStream();
    Collection collection = content.collection();
    long id = content.write(collection, "After the streams", "");
    events.written(collection, id);
    await().until(() -> "ready".equals(content.state(collection, id)));
    await()
        .ignoreExceptions()
        .until(
            () ->
                events.management().getStreamInfo(Streams.FEATURES).getStreamState().getMsgCount()
                    >= 1);
    assertEquals(
        Streams.MAX_AGE,
        events.management().getStreamInfo(Streams.FEATURES).getConfiguration().getMaxAge());
  }

  private long failedAndDue(Collection collection, String title) {
    long id = content.write(collection, title, "");
    content.run(
        """
        insert into feature.document_state (generation_id, document_id, version, content_hash,
                                            state, attempts, next_attempt_at)
        select ?, id, version, content_hash, 'failed', 1, now() from content.document where id = ?
        """,
        collection.generationId(),
        id);
    return id;
  }

  private long ready(Collection collection, String title) {
    long id = content.write(collection, title, "");
    pipeline.process(collection.batch(id));
    assertEquals("ready", content.state(collection, id));
    return id;
  }
}
