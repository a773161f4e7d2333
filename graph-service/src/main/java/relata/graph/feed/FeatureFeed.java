package relata.graph.feed;

import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;
import relata.contracts.Streams;
import relata.graph.broker.Broker;
import relata.graph.broker.PullConsumer;

/**
 * One consumer of features.changed. Each batch is sorted by generation, and the generations are
 * dealt with side by side; an event is acknowledged when its generation is done, or when it failed
 * so often that it is left to the sweep.
 */
final class FeatureFeed {
  private static final Logger LOG = Logger.getLogger(FeatureFeed.class);

  /** What is done with the changes of a generation; throws what may go well another time. */
  interface Handler {
    void handle(GenerationChanges changes) throws InterruptedException;
  }

  private final String name;
  private final Handler handler;
  private final FeedConfig config;
  private final Runnable sweep;
  private final PullConsumer consumer;

  /**
   * @param sweep asks for a sweep, because events may have been missed or are given up
   */
  FeatureFeed(
      Broker broker,
      ConsumerConfiguration configuration,
      FeedConfig config,
      int maxMessages,
      Handler handler,
      Runnable sweep) {
    this.name = configuration.getName();
    this.handler = handler;
    this.config = config;
    this.sweep = sweep;
    consumer =
        new PullConsumer(
            broker,
            Streams.FEATURES,
            configuration,
            new PullConsumer.PullLimits(maxMessages, config.retryDelay(), config.verifyEvery()),
            this::handle,
            sweep);
  }

  void start() {
    consumer.start();
  }

  void requestStop() {
    consumer.requestStop();
  }

  void awaitStop() throws InterruptedException {
    consumer.awaitStop(config.stopLimit());
  }

  private void handle(List<Message> batch) {
    boolean anyDone = false;
    try (Heartbeat heartbeat = Heartbeat.of(batch, config.ackWait().dividedBy(3));
        ExecutorService generations = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> running = new ArrayList<>();
      for (GenerationChanges changes : GenerationChanges.of(batch)) {
        running.add(generations.submit(() -> handle(changes, heartbeat)));
      }
      for (Future<Boolean> generation : running) {
        anyDone |= generation.get();
      }
      if (!running.isEmpty() && !anyDone) {
        // Otherwise the whole backlog would be taken and given back while the database is away.
        Thread.sleep(config.retryDelay());
      }
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean handle(GenerationChanges changes, Heartbeat heartbeat) {
    try {
      handler.handle(changes);
      heartbeat.end(changes.messages());
      changes.messages().forEach(FeatureFeed::ack);
      return true;
    } catch (RuntimeException failed) {
      LOG.warnf(
          "changes failed consumer=%s generation=%d documents=%d reason=%s",
          name, changes.generationId(), changes.documentIds().size(), failed.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    heartbeat.end(changes.messages());
    giveBack(changes);
    return false;
  }

  /** A lost acknowledgement only means that the event comes again. */
  private static void ack(Message message) {
    try {
      message.ack();
    } catch (IllegalStateException away) {
      LOG.debugf("ack not sent reason=%s", away.getMessage());
    }
  }

  private void giveBack(GenerationChanges changes) {
    int givenUp = 0;
    for (Message message : changes.messages()) {
      if (message.metaData().deliveredCount() < config.maxDeliveries()) {
        giveBack(message);
      } else {
        ack(message);
        givenUp++;
      }
    }
    if (givenUp > 0) {
      LOG.warnf(
          "changes are left to the sweep consumer=%s generation=%d events=%d",
          name, changes.generationId(), givenUp);
      sweep.run();
    }
  }

  private void giveBack(Message message) {
    try {
      message.nakWithDelay(retryDelay(message.metaData().deliveredCount()));
    } catch (IllegalStateException away) {
      LOG.debugf("nak not sent reason=%s", away.getMessage());
    }
  }

  private Duration retryDelay(long deliveries) {
    int doublings = (int) Math.min(deliveries - 1, 16);
    Duration delay = config.retryDelay().multipliedBy(1L << doublings);
    return delay.compareTo(config.maxRetryDelay()) < 0 ? delay : config.maxRetryDelay();
  }
}
