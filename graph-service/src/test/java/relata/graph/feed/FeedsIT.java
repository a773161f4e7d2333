package relata.graph.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.contracts.v1.EdgesChanged;
import relata.graph.generation.GenerationIndex;
import relata.graph.testing.FeatureEvents;
import relata.graph.testing.Fixture;
import relata.graph.testing.RandomDocuments;
import relata.graph.testing.Replica;
import relata.graph.testing.Replicas;
import relata.local.testing.BackendsResource;

/** Events as they should come. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class FeedsIT {
  private Replicas replicas;

  @BeforeEach
  void open() throws Exception {
    replicas = new Replicas();
  }

  @AfterEach
  void close() throws Exception {
    replicas.close();
  }

  @Test
  void twoReplicasShareTheEventsAndBothStayFresh() throws Exception {
    FeatureEvents.createStream(replicas.nats());
    Replica one = replicas.start();
    Replica other = replicas.start();
    Fixture.Generation generation = replicas.fixture().generation(0.4, 2);
    RandomDocuments documents = new RandomDocuments(replicas.fixture(), generation, 60, 5);
    GenerationIndex first = one.generations().find(generation.id()).orElseThrow();
    GenerationIndex second = other.generations().find(generation.id()).orElseThrow();
    // Both replicas' own consumers and the shared one; what came before is left to the sweep.
    await()
        .atMost(Replicas.LIMIT)
        .until(
            () ->
                replicas.nats().jetStreamManagement().getConsumerNames(Streams.FEATURES).size()
                    == 3);
    Set<Long> all = new TreeSet<>();
    for (int round = 0; round < 10; round++) {
      Set<Long> changed = documents.change(20);
      replicas.publish(generation, changed);
      all.addAll(changed);
    }
    replicas.awaitRightGraph(generation);
    await()
        .atMost(Replicas.LIMIT)
        .untilAsserted(
            () -> {
              assertEquals(first.vectors().chunkCount(), second.vectors().chunkCount());
              assertEquals(
                  replicas
                      .fixture()
                      .number(
                          "select count(*) from feature.chunk where generation_id = ?",
                          generation.id()),
                  first.vectors().chunkCount());
            });
    String before = replicas.fixture().graph().rowPlaces(generation);
    replicas.publish(generation, all);
    replicas.awaitNothingPending();
    assertEquals(
        before,
        replicas.fixture().graph().rowPlaces(generation),
        "replaying the events changes no row");
  }

  @Test
  void eventsThatWaitedWhileNobodyWasThereAreDealtWith() throws Exception {
    FeatureEvents.createStream(replicas.nats());
    Fixture.Generation generation = replicas.fixture().generation(0.4, 2);
    replicas.publish(
        generation, new RandomDocuments(replicas.fixture(), generation, 30, 5).change(40));
    Replica replica = replicas.start();
    replicas.awaitRightGraph(generation);
    replica.stop();
  }

  @Test
  void aMessageThatCannotBeReadIsDroppedAndTheOthersGoOn() throws Exception {
    FeatureEvents.createStream(replicas.nats());
    Fixture.Generation generation = replicas.fixture().generation(0.4, 2);
    replicas.nats().jetStream().publish(Subjects.featuresChanged("default"), new byte[] {1, 2, 3});
    replicas.nats().jetStream().publish(Subjects.featuresChanged("default"), new byte[0]);
    replicas.publish(
        generation, new RandomDocuments(replicas.fixture(), generation, 10, 5).change(10));
    Replica replica = replicas.start();
    replicas.awaitRightGraph(generation);
    replicas.awaitNothingPending();
    assertTrue(replica.broker().connection().isPresent());
  }

  @Test
  void aDeletedCollectionIsErasedEverywhere() throws Exception {
    FeatureEvents.createStream(replicas.nats());
    Fixture.Generation generation = replicas.fixture().generation(0.4, 2);
    Replica one = replicas.start();
    Replica other = replicas.start();
    replicas.awaitAllListening();
    replicas.publish(
        generation, new RandomDocuments(replicas.fixture(), generation, 20, 5).change(30));
    replicas.awaitRightGraph(generation);
    one.generations().find(generation.id());
    other.generations().find(generation.id());
    replicas.fixture().deleteCollection(generation);
    FeatureEvents.publish(replicas.nats(), generation, 0);
    await()
        .atMost(Replicas.LIMIT)
        .untilAsserted(
            () -> {
              assertEquals("", replicas.fixture().graph().rowPlaces(generation));
              assertFalse(one.generations().ids().contains(generation.id()));
              assertFalse(other.generations().ids().contains(generation.id()));
            });
  }

  @Test
  void itIsToldWhichDocumentsWereLinked() throws Exception {
    FeatureEvents.createStream(replicas.nats());
    Fixture.Generation generation = replicas.fixture().generation(0.4, 2);
    var subscription = replicas.nats().subscribe(Subjects.edgesChanged("default"));
    Replica replica = replicas.start();
    // Made in a thread of its own, and what is told before is heard and not kept.
    await()
        .atMost(Replicas.LIMIT)
        .until(
            () -> replicas.nats().jetStreamManagement().getStreamNames().contains(Streams.EDGES));
    replicas.fixture().store(generation, 5, 1, new float[] {1, 0});
    FeatureEvents.publish(replicas.nats(), generation, 5);
    EdgesChanged event = EdgesChanged.parseFrom(subscription.nextMessage(Replicas.LIMIT).getData());
    assertEquals(generation.id(), event.getGenerationId());
    assertEquals(generation.collectionId(), event.getCollectionId());
    assertEquals(List.of(5L), event.getDocumentIdsList());
    assertEquals(1, event.getCommitSeq());
    await()
        .atMost(Replicas.LIMIT)
        .untilAsserted(
            () ->
                assertEquals(
                    1,
                    replicas
                        .nats()
                        .jetStreamManagement()
                        .getStreamInfo(Streams.EDGES)
                        .getStreamState()
                        .getMsgCount()));
    assertTrue(replica.broker().connection().isPresent());
  }
}
