package relata.graph.feed;

import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import jakarta.inject.Singleton;
import java.util.UUID;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.graph.broker.Broker;
import relata.graph.database.Database;
import relata.graph.edges.EdgeCommitter;
import relata.graph.edges.EdgesConfig;
import relata.graph.generation.Generations;
import relata.graph.generation.IndexReconciliation;
import relata.graph.sweep.Sweep;

/**
 * The two consumers of a replica: a share of the events whose edges it commits, and all events, by
 * which it keeps its own index fresh for searches.
 */
@Singleton
public final class Feeds {
  private final Database database;
  private final Generations generations;
  private final EdgeCommitter committer;
  private final Sweep sweep;
  private final FeatureFeed edges;
  private final FeatureFeed refresh;

  public Feeds(
      Broker broker,
      Database database,
      Generations generations,
      EdgeCommitter committer,
      Sweep sweep,
      FeedConfig config,
      EdgesConfig edgesConfig) {
    this.database = database;
    this.generations = generations;
    this.committer = committer;
    this.sweep = sweep;
    int maxMessages = Math.min(config.maxMessages(), edgesConfig.maxDocuments());
    edges =
        new FeatureFeed(
            broker, shared(config, maxMessages), config, maxMessages, this::commit, sweep::request);
    refresh =
        new FeatureFeed(
            broker, own(config, maxMessages), config, maxMessages, this::refresh, sweep::request);
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

  private static ConsumerConfiguration shared(FeedConfig config, int maxMessages) {
    return ConsumerConfiguration.builder()
        .name(Streams.GRAPH_SERVICE)
        .durable(Streams.GRAPH_SERVICE)
        .filterSubject(Subjects.FEATURES_CHANGED_ALL)
        .ackPolicy(AckPolicy.Explicit)
        .ackWait(config.ackWait())
        // Shared by the replicas; what is given back with a delay counts as well.
        .maxAckPending(16L * maxMessages)
        .build();
  }

  private static ConsumerConfiguration own(FeedConfig config, int maxMessages) {
    return ConsumerConfiguration.builder()
        .name(Streams.GRAPH_SERVICE + "-" + UUID.randomUUID())
        .filterSubject(Subjects.FEATURES_CHANGED_ALL)
        .deliverPolicy(DeliverPolicy.New)
        .ackPolicy(AckPolicy.Explicit)
        .ackWait(config.ackWait())
        .maxAckPending(16L * maxMessages)
        .inactiveThreshold(config.inactiveThreshold())
        .build();
  }

  private void commit(GenerationChanges changes) throws InterruptedException {
    if (changes.wholeGeneration() && !committer.eraseIfGone(changes.generationId())) {
      sweep.request();
    }
    if (!changes.documentIds().isEmpty()) {
      committer.commit(changes.generationId(), changes.documentIds());
    }
  }

  /** An index that is not in memory needs no refreshing: it is fresh when it is loaded. */
  private void refresh(GenerationChanges changes) {
    if (changes.wholeGeneration() && committer.eraseIfGone(changes.generationId())) {
      return;
    }
    generations
        .findLoaded(changes.generationId())
        .ifPresent(
            index ->
                database.transaction(
                    session ->
                        changes.wholeGeneration()
                            ? IndexReconciliation.reconcile(session, index)
                            : index.refresh(session, changes.documentIds()).size()));
  }
}
