package relata.graph.feed;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerInfo;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.contracts.v1.EdgesChanged;
import relata.graph.broker.Broker;
import relata.graph.broker.NatsConfig;
import relata.graph.database.Database;
import relata.graph.edges.EdgeCommitter;
import relata.graph.edges.EdgesChangedPublisher;
import relata.graph.edges.EdgesConfig;
import relata.graph.generation.GenerationConfig;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.Generations;
import relata.graph.sweep.Sweep;
import relata.graph.sweep.SweepConfig;
import relata.graph.testing.FeatureEvents;
import relata.graph.testing.Fixture;
import relata.graph.testing.RandomDocuments;
import relata.local.nats.NatsServer;
import relata.local.testing.BackendsResource;

/** Replicas of this service against a broker of their own, which the tests stop and empty. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class FeedsIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Inject Database database;
  @Inject GenerationConfig generationConfig;
  @Inject EdgesConfig edgesConfig;
  @Inject SweepConfig sweepConfig;
  @Inject FeedConfig feedConfig;
  @Inject MeterRegistry meters;

  private final List<Replica> replicas = new ArrayList<>();
  private Fixture fixture;
  private NatsServer server;
  private Connection nats;

  /** What another process would consist of; without the sweep where a test is about the events. */
  private final class Replica {
    final Broker broker =
        new Broker(
            config(Map.of("relata.nats.url", server.url())).getConfigMapping(NatsConfig.class));
    final Generations generations = new Generations(database, generationConfig);
    final EdgeCommitter committer =
        new EdgeCommitter(
            database, generations, edgesConfig, new EdgesChangedPublisher(broker), meters);
    final Sweep sweep =
        new Sweep(database, generations, committer, meters, sweepConfig, edgesConfig);
    final Feeds feeds =
        new Feeds(broker, database, generations, committer, sweep, feedConfig, edgesConfig);

    Replica() {
      broker.start();
      feeds.start();
      replicas.add(this);
    }

    void stop() throws InterruptedException {
      feeds.stop();
      sweep.stop();
      broker.close();
    }
  }

  private static SmallRyeConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .withMapping(NatsConfig.class)
        .withDefaultValues(values)
        .build();
  }

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture();
    server = NatsServer.startTemporary();
    nats = Nats.connect(server.url());
  }

  @AfterEach
  void close() throws Exception {
    for (Replica replica : replicas) {
      replica.stop();
    }
    nats.close();
    server.close();
    fixture.close();
  }

  private void awaitRightGraph(Fixture.Generation generation) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertEquals(fixture.graph().stored(generation), fixture.graph().nodes(generation));
              assertEquals(fixture.oracle().lists(generation), fixture.graph().lists(generation));
            });
  }

  private void publish(Fixture.Generation generation, Set<Long> documentIds) throws Exception {
    for (long documentId : documentIds) {
      FeatureEvents.publish(nats, generation, documentId);
    }
  }

  @Test
  void twoReplicasShareTheEventsAndBothStayFresh() throws Exception {
    FeatureEvents.createStream(nats);
    Replica one = new Replica();
    Replica other = new Replica();
    Fixture.Generation generation = fixture.generation(0.4, 2);
    RandomDocuments documents = new RandomDocuments(fixture, generation, 60, 5);
    GenerationIndex first = one.generations.find(generation.id()).orElseThrow();
    GenerationIndex second = other.generations.find(generation.id()).orElseThrow();
    // Both replicas' own consumers and the shared one; what came before is left to the sweep.
    await()
        .atMost(LIMIT)
        .until(() -> nats.jetStreamManagement().getConsumerNames(Streams.FEATURES).size() == 3);
    Set<Long> all = new TreeSet<>();
    for (int round = 0; round < 10; round++) {
      Set<Long> changed = documents.change(20);
      publish(generation, changed);
      all.addAll(changed);
    }
    awaitRightGraph(generation);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertEquals(first.vectors().chunkCount(), second.vectors().chunkCount());
              assertEquals(
                  fixture.number(
                      "select count(*) from feature.chunk where generation_id = ?",
                      generation.id()),
                  first.vectors().chunkCount());
            });
    String before = fixture.graph().rowPlaces(generation);
    publish(generation, all);
    awaitNothingPending();
    assertEquals(
        before, fixture.graph().rowPlaces(generation), "replaying the events changes no row");
  }

  private void awaitNothingPending() {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              ConsumerInfo consumer =
                  nats.jetStreamManagement()
                      .getConsumerInfo(Streams.FEATURES, Streams.GRAPH_SERVICE);
              assertEquals(0, consumer.getNumPending() + consumer.getNumAckPending());
            });
  }

  @Test
  void eventsThatWaitedWhileNobodyWasThereAreDealtWith() throws Exception {
    FeatureEvents.createStream(nats);
    Fixture.Generation generation = fixture.generation(0.4, 2);
    publish(generation, new RandomDocuments(fixture, generation, 30, 5).change(40));
    Replica replica = new Replica();
    awaitRightGraph(generation);
    replica.stop();
  }

  @Test
  void aMessageThatCannotBeReadIsDroppedAndTheOthersGoOn() throws Exception {
    FeatureEvents.createStream(nats);
    Fixture.Generation generation = fixture.generation(0.4, 2);
    nats.jetStream().publish(Subjects.featuresChanged("default"), new byte[] {1, 2, 3});
    nats.jetStream().publish(Subjects.featuresChanged("default"), new byte[0]);
    publish(generation, new RandomDocuments(fixture, generation, 10, 5).change(10));
    Replica replica = new Replica();
    awaitRightGraph(generation);
    awaitNothingPending();
    assertTrue(replica.broker.connection().isPresent());
  }

  @Test
  void aDeletedCollectionIsErasedEverywhere() throws Exception {
    FeatureEvents.createStream(nats);
    Fixture.Generation generation = fixture.generation(0.4, 2);
    Replica one = new Replica();
    Replica other = new Replica();
    publish(generation, new RandomDocuments(fixture, generation, 20, 5).change(30));
    awaitRightGraph(generation);
    one.generations.find(generation.id());
    other.generations.find(generation.id());
    fixture.deleteCollection(generation);
    FeatureEvents.publish(nats, generation, 0);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertEquals("", fixture.graph().rowPlaces(generation));
              assertFalse(one.generations.ids().contains(generation.id()));
              assertFalse(other.generations.ids().contains(generation.id()));
            });
  }

  @Test
  void itIsToldWhichDocumentsWereLinked() throws Exception {
    FeatureEvents.createStream(nats);
    Fixture.Generation generation = fixture.generation(0.4, 2);
    var subscription = nats.subscribe(Subjects.edgesChanged("default"));
    Replica replica = new Replica();
    fixture.store(generation, 5, 1, new float[] {1, 0});
    FeatureEvents.publish(nats, generation, 5);
    EdgesChanged event = EdgesChanged.parseFrom(subscription.nextMessage(LIMIT).getData());
    assertEquals(generation.id(), event.getGenerationId());
    assertEquals(generation.collectionId(), event.getCollectionId());
    assertEquals(List.of(5L), event.getDocumentIdsList());
    assertEquals(1, event.getCommitSeq());
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertEquals(
                    1,
                    nats.jetStreamManagement()
                        .getStreamInfo(Streams.EDGES)
                        .getStreamState()
                        .getMsgCount()));
    assertTrue(replica.broker.connection().isPresent());
  }

  @Test
  void aStreamThatComesLaterIsConsumed() throws Exception {
    Replica replica = new Replica();
    await().atMost(LIMIT).until(() -> replica.broker.connection().isPresent());
    Fixture.Generation generation = fixture.generation(0.4, 2);
    Set<Long> changed = new RandomDocuments(fixture, generation, 20, 5).change(20);
    FeatureEvents.createStream(nats);
    publish(generation, changed);
    awaitRightGraph(generation);
  }

  @Test
  void aBrokerThatLostEverythingIsSetUpAgainAndNothingIsLost() throws Exception {
    FeatureEvents.createStream(nats);
    Fixture.Generation generation = fixture.generation(0.4, 2);
    RandomDocuments documents = new RandomDocuments(fixture, generation, 40, 5);
    Replica replica = new Replica();
    replica.broker.onConnected(replica.sweep::request);
    replica.sweep.start();
    publish(generation, documents.change(20));
    awaitRightGraph(generation);

    server.kill();
    server.deleteStore();
    documents.change(20);
    server.start();
    awaitRightGraph(generation);

    // The test's own connection is not what is tested, and a reconnect sometimes ends half open,
    // which the service notices by its pings.
    nats.close();
    nats = Nats.connect(server.url());
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> nats.jetStreamManagement().getStreamInfo(Streams.EDGES) != null);
    FeatureEvents.createStream(nats);
    publish(generation, documents.change(20));
    awaitRightGraph(generation);
  }

  @Test
  void aStreamThatIsLostWhileTheConnectionHoldsIsConsumedAgain() throws Exception {
    FeatureEvents.createStream(nats);
    Fixture.Generation generation = fixture.generation(0.4, 2);
    RandomDocuments documents = new RandomDocuments(fixture, generation, 40, 5);
    Replica replica = new Replica();
    publish(generation, documents.change(20));
    awaitRightGraph(generation);
    nats.jetStreamManagement().deleteStream(Streams.FEATURES);
    FeatureEvents.createStream(nats);
    publish(generation, documents.change(20));
    awaitRightGraph(generation);
    assertTrue(replica.broker.connection().isPresent());
  }
}
