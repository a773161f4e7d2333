package relata.graph.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import io.nats.client.Connection;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import relata.contracts.Streams;
import relata.local.nats.NatsServer;
import relata.local.testing.Patiently;

/** Replicas of this service against a broker of their own, which a test may stop and empty. */
public final class Replicas implements AutoCloseable {
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<Replica> replicas = new ArrayList<>();
  private final Fixture fixture;
  private final NatsServer server;
  private Connection nats;

  public Replicas() throws Exception {
    fixture = new Fixture();
    server = NatsServer.startTemporary();
    nats = Patiently.connect(server.url());
  }

  @Override
  public void close() throws Exception {
    for (Replica replica : replicas) {
      replica.stop();
    }
    nats.close();
    server.close();
    fixture.close();
  }

  public Fixture fixture() {
    return fixture;
  }

  public NatsServer server() {
    return server;
  }

  /** The test's own connection. */
  public Connection nats() {
    return nats;
  }

  /** It is not what is tested, and a reconnect sometimes ends half open. */
  public void connectAnew() throws Exception {
    nats.close();
    nats = Patiently.connect(server.url());
  }

  public Replica start() {
    return start(Map.of());
  }

  /**
   * @param feed what differs, by the names of {@code relata.feed}
   */
  public Replica start(Map<String, String> feed) {
    Replica replica = new Replica(server.url(), feed);
    replicas.add(replica);
    replica.start();
    return replica;
  }

  public void publish(Fixture.Generation generation, Set<Long> documentIds) throws Exception {
    for (long documentId : documentIds) {
      FeatureEvents.publish(nats, generation, documentId);
    }
  }

  public void awaitRightGraph(Fixture.Generation generation) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertEquals(fixture.graph().stored(generation), fixture.graph().nodes(generation));
              assertEquals(fixture.oracle().lists(generation), fixture.graph().lists(generation));
            });
  }

  /** Every replica hears of what comes from now on; what came before is the sweep's. */
  public void awaitAllListening() {
    await().atMost(LIMIT).untilAsserted(() -> assertEquals(replicas.size(), listening()));
  }

  private long listening() throws IOException, io.nats.client.JetStreamApiException {
    return nats.jetStreamManagement().getConsumerNames(Streams.FEATURES).stream()
        .filter(name -> name.startsWith(Streams.GRAPH_SERVICE + "-"))
        .count();
  }

  /** Nothing waits at the broker or is being dealt with. */
  public void awaitNothingPending() {
    await().atMost(LIMIT).untilAsserted(() -> assertEquals(0, pending()));
  }

  private long pending() throws IOException, io.nats.client.JetStreamApiException {
    ConsumerInfo consumer =
        nats.jetStreamManagement().getConsumerInfo(Streams.FEATURES, Streams.GRAPH_SERVICE);
    return consumer.getNumPending() + consumer.getNumAckPending();
  }
}
