package relata.graph.feed;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.contracts.Streams;
import relata.graph.testing.FeatureEvents;
import relata.graph.testing.Fixture;
import relata.graph.testing.RandomDocuments;
import relata.graph.testing.Replica;
import relata.graph.testing.Replicas;
import relata.local.testing.BackendsResource;

/** A broker that is not yet what it has to be, or loses what it has. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class BrokerLossIT {
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
  void aStreamThatComesLaterIsConsumed() throws Exception {
    Replica replica = replicas.start();
    await().atMost(Replicas.LIMIT).until(() -> replica.broker().connection().isPresent());
    Fixture.Generation generation = replicas.fixture().generation(0.4, 2);
    Set<Long> changed = new RandomDocuments(replicas.fixture(), generation, 20, 5).change(20);
    FeatureEvents.createStream(replicas.nats());
    replicas.publish(generation, changed);
    replicas.awaitRightGraph(generation);
  }

  @Test
  void aBrokerThatLostEverythingIsSetUpAgainAndNothingIsLost() throws Exception {
    FeatureEvents.createStream(replicas.nats());
    Fixture.Generation generation = replicas.fixture().generation(0.4, 2);
    RandomDocuments documents = new RandomDocuments(replicas.fixture(), generation, 40, 5);
    Replica replica = replicas.start();
    replica.broker().onConnected(replica.sweep()::request);
    replica.sweep().start();
    replicas.publish(generation, documents.change(20));
    replicas.awaitRightGraph(generation);

    replicas.server().kill();
    replicas.server().deleteStore();
    documents.change(20);
    replicas.server().start();
    replicas.awaitRightGraph(generation);

    replicas.connectAnew();
    await()
        .atMost(Replicas.LIMIT)
        .ignoreExceptions()
        .until(() -> replicas.nats().jetStreamManagement().getStreamInfo(Streams.EDGES) != null);
    FeatureEvents.createStream(replicas.nats());
    replicas.publish(generation, documents.change(20));
    replicas.awaitRightGraph(generation);
  }

  @Test
  void aStreamThatIsLostWhileTheConnectionHoldsIsConsumedAgain() throws Exception {
    FeatureEvents.createStream(replicas.nats());
    Fixture.Generation generation = replicas.fixture().generation(0.4, 2);
    RandomDocuments documents = new RandomDocuments(replicas.fixture(), generation, 40, 5);
    Replica replica = replicas.start();
    replicas.publish(generation, documents.change(20));
    replicas.awaitRightGraph(generation);
    replicas.nats().jetStreamManagement().deleteStream(Streams.FEATURES);
    FeatureEvents.createStream(replicas.nats());
    replicas.publish(generation, documents.change(20));
    replicas.awaitRightGraph(generation);
    assertTrue(replica.broker().connection().isPresent());
  }
}
