package relata.graph.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.inject.Singleton;
import java.util.UUID;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.graph.broker.Broker;
import relata.graph.broker.ConsumerLag;
import relata.graph.database.Database;
import relata.graph.edges.EdgeCommitter;
import relata.graph.edges.EdgesConfig;
import relata.graph.generation.Generations;
import relata.graph.sweep.Linking;
import relata.graph.sweep.Sweep;

/**
 * The two consumers of a replica: a share of the events whose edges it commits, and all events, by
 * which it keeps its own index fresh for searches.
 */
@Singleton
public final class Feeds {
  private final FeatureFeed edges;
  private final FeatureFeed refresh;

  public Feeds(
      Broker broker,
      Database database,
      Generations generations,
      EdgeCommitter committer,
      Linking linking,
      Sweep sweep,
      FeedConfig config,
      EdgesConfig edgesConfig,
      MeterRegistry meters,
      OpenTelemetry telemetry) {
    edges =
        new FeatureFeed(
            broker,
            shared(config),
            config,
            edgesConfig.maxDocuments(),
            new ConsumerLag("edges", meters),
            new EdgeWork(committer, linking, sweep, new EdgeTraces(telemetry)),
            sweep::request);
    refresh =
        new FeatureFeed(
            broker,
            own(config),
            config,
            edgesConfig.maxDocuments(),
            new ConsumerLag("index", meters),
            new IndexWork(database, generations, committer),
            sweep::request);
  }

  public void start() {
    edges.start();
    refresh.start();
  }

  public void stop() throws InterruptedException {
    edges.requestStop();
    refresh.requestStop();
    edges.awaitStop();
    refresh.awaitStop();
  }

  private static ConsumerConfiguration shared(FeedConfig config) {
    return ConsumerConfiguration.builder()
        .name(Streams.GRAPH_SERVICE)
        .durable(Streams.GRAPH_SERVICE)
        .filterSubject(Subjects.FEATURES_CHANGED_ALL)
        .ackPolicy(AckPolicy.Explicit)
        .ackWait(config.ackWait())
        // Shared by the replicas; what is given back with a delay counts as well.
        .maxAckPending(4L * config.maxHeld())
        .build();
  }

  private static ConsumerConfiguration own(FeedConfig config) {
    return ConsumerConfiguration.builder()
        .name(Streams.GRAPH_SERVICE + "-" + UUID.randomUUID())
        .filterSubject(Subjects.FEATURES_CHANGED_ALL)
        .deliverPolicy(DeliverPolicy.New)
        .ackPolicy(AckPolicy.Explicit)
        .ackWait(config.ackWait())
        .maxAckPending(4L * config.maxHeld())
        .inactiveThreshold(config.inactiveThreshold())
        .build();
  }
}
