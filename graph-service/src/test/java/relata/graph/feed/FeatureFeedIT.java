package relata.graph.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.contracts.Streams;
import relata.graph.broker.Broker;
import relata.graph.broker.ConsumerLag;
import relata.graph.broker.NatsConfig;
import relata.graph.testing.FeatureEvents;
import relata.graph.testing.Fixture;
import relata.local.nats.NatsServer;
import relata.local.testing.Patiently;
import relata.tls.PeerTls;

class FeatureFeedIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String CONSUMER = "feed-test";
  private static final Fixture.Generation BROKEN = new Fixture.Generation(1, 1, 0.5, 3);
  private static final Fixture.Generation SOUND = new Fixture.Generation(2, 2, 0.5, 3);
  private static final Fixture.Generation HELD = new Fixture.Generation(3, 3, 0.5, 3);

  private final Set<Long> handled = ConcurrentHashMap.newKeySet();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicInteger sweeps = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private NatsServer server;
  private Connection nats;
  private Broker broker;
  private FeatureFeed feed;

  @BeforeEach
  void open() throws Exception {
    server = NatsServer.startTemporary();
    nats = Patiently.connect(server.url());
    FeatureEvents.createStream(nats);
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(NatsConfig.class)
            .withMapping(FeedConfig.class)
            .withDefaultValues(
                Map.of(
                    "relata.nats.url", server.url(),
                    "relata.feed.max-deliveries", "3",
                    "relata.feed.verify-every", "PT0.05S",
                    "relata.feed.retry-delay", "PT0.1S"))
            .build();
    broker = new Broker(config.getConfigMapping(NatsConfig.class), PeerTls.none());
    feed =
        new FeatureFeed(
            broker,
            ConsumerConfiguration.builder()
                .name(CONSUMER)
                .durable(CONSUMER)
                .ackPolicy(AckPolicy.Explicit)
                .maxAckPending(4)
                .build(),
            config.getConfigMapping(FeedConfig.class),
            2,
            new ConsumerLag("test", meters),
            new Work(),
            sweeps::incrementAndGet);
  }

  @AfterEach
  void close() throws Exception {
    feed.requestStop();
    feed.awaitStop();
    broker.close();
    nats.close();
    server.close();
  }

  private final class Work implements FeatureFeed.Work {
    @Override
    public void handle(GenerationChanges changes) throws InterruptedException {
      if (changes.generationId() == HELD.id()) {
        released.await();
      }
      if (changes.generationId() == BROKEN.id()) {
        throw new IllegalStateException("always");
      }
      handled.addAll(changes.documentIds());
    }

    @Override
    public boolean catchUp(long generationId) {
      throw new IllegalStateException("nothing is behind");
    }
  }

  @Test
  void aGenerationThatAlwaysFailsIsLeftToTheSweepAndTheOthersGoOn() throws Exception {
    for (long documentId = 1; documentId <= 8; documentId++) {
      FeatureEvents.publish(nats, BROKEN, documentId);
    }
    FeatureEvents.publish(nats, SOUND, 9);
    broker.start();
    feed.start();
    await().atMost(LIMIT).untilAsserted(() -> assertEquals(Set.of(9L), handled));
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              ConsumerInfo consumer =
                  nats.jetStreamManagement().getConsumerInfo(Streams.FEATURES, CONSUMER);
              assertEquals(0, consumer.getNumPending() + consumer.getNumAckPending());
            });
    assertTrue(sweeps.get() > 1, "asked for once when the consumer is made, and then again");
  }

  @Test
  void tellsHowManyEventsAreNotDealtWithAndForHowLong() throws Exception {
    FeatureEvents.publish(nats, HELD, 1);
    broker.start();
    feed.start();
    await().atMost(LIMIT).until(() -> gauge("pending") == 1 && gauge("stalled") > 0);
    released.countDown();
    await().atMost(LIMIT).until(() -> gauge("pending") == 0 && gauge("stalled") == 0);
  }

  private double gauge(String name) {
    return meters.get("relata.consumer." + name).tag("consumer", "test").gauge().value();
  }
}
