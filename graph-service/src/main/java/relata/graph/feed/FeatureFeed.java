package relata.graph.feed;

import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import relata.contracts.Streams;
import relata.graph.broker.Broker;
import relata.graph.broker.ConsumerLag;
import relata.graph.broker.PullConsumer;

/**
 * One consumer of features.changed. Events are taken in as fast as they come and sorted by
 * generation; each generation has a thread of its own while it has any, so that none waits for
 * another. An event is acknowledged when it is dealt with, or when the database alone is enough to
 * deal with it: if its generation is behind, or if it failed so often that it is left to the sweep.
 */
final class FeatureFeed {
  private static final Logger LOG = Logger.getLogger(FeatureFeed.class);

  /** What is done for a generation; throws what may go well another time. */
  interface Work {
    void handle(GenerationChanges changes) throws InterruptedException;

    /**
     * Deals with a part of what is not as it should be, whatever events were missed.
     *
     * @return whether there may be more
     */
    boolean catchUp(long generationId) throws InterruptedException;
  }

  private final String name;
  private final Work work;
  private final FeedConfig config;
  private final Runnable sweep;
  private final PullConsumer consumer;
  private final Deliveries deliveries;
  private final Lines lines;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /**
   * @param sweep asks for a sweep, because events may have been missed or are given up
   */
  FeatureFeed(
      Broker broker,
      ConsumerConfiguration configuration,
      FeedConfig config,
      int maxDocuments,
      ConsumerLag lag,
      Work work,
      Runnable sweep) {
    this.name = configuration.getName();
    this.work = work;
    this.config = config;
    this.sweep = sweep;
    deliveries = new Deliveries(config);
    lines =
        new Lines(
            new Lines.Limits(config.maxWaiting(), config.maxHeld(), maxDocuments), this::open);
    consumer =
        new PullConsumer(
            broker,
            Streams.FEATURES,
            configuration,
            new PullConsumer.PullLimits(
                Math.min(config.maxMessages(), maxDocuments),
                config.retryDelay(),
                config.verifyEvery()),
            lag,
            this::takeIn,
            sweep);
  }

  void start() {
    deliveries.start();
    consumer.start();
  }

  void requestStop() {
    consumer.requestStop();
  }

  /** What is in work is finished within the limit; what waits is given back. */
  void awaitStop() throws InterruptedException {
    long end = System.nanoTime() + config.stopLimit().toNanos();
    consumer.awaitStop(config.stopLimit());
    stopped = true;
    lines.clear().forEach(changes -> deliveries.release(changes.messages()));
    for (Thread thread : threads) {
      if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        thread.interrupt();
      }
    }
    deliveries.stop();
  }

  private void takeIn(List<Message> batch) {
    for (GenerationChanges changes : GenerationChanges.of(batch)) {
      deliveries.take(changes.messages());
      if (!lines.add(changes)) {
        deliveries.acknowledge(changes.messages());
      }
    }
  }

  private void open(long generationId) {
    Thread thread =
        Thread.ofVirtual().name(name + "-" + generationId).unstarted(() -> run(generationId));
    threads.add(thread);
    thread.start();
  }

  private void run(long generationId) {
    try {
      int failures = 0;
      boolean ended = false;
      while (!ended) {
        switch (lines.next(generationId)) {
          case Turn.Events(GenerationChanges changes) -> handle(changes);
          case Turn.CatchUp() -> failures = catchUp(generationId, failures);
          case Turn.Nothing() -> ended = true;
        }
      }
    } catch (InterruptedException stop) {
      LOG.debugf("line stopped consumer=%s generation=%d", name, generationId);
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  private void handle(GenerationChanges changes) throws InterruptedException {
    boolean done = false;
    try {
      work.handle(changes);
      done = true;
      deliveries.acknowledge(changes.messages());
    } catch (RuntimeException | Error failed) {
      // Errors too, such as memory that does not suffice: nobody else would go on with the line.
      try (Scope _ = EdgeTraces.about(changes).makeCurrent()) {
        LOG.warnf(
            "changes failed consumer=%s generation=%d documents=%d reason=%s",
            name, changes.generationId(), changes.documentIds().size(), failed.getMessage());
      }
    } finally {
      lines.done(changes);
      if (!done) {
        retry(changes);
      }
    }
    if (!done) {
      pause(config.retryDelay());
    }
  }

  private void retry(GenerationChanges changes) {
    int givenUp = deliveries.retry(changes.messages());
    if (givenUp > 0) {
      try (Scope _ = EdgeTraces.about(changes).makeCurrent()) {
        LOG.warnf(
            "changes are left to the sweep consumer=%s generation=%d events=%d",
            name, changes.generationId(), givenUp);
      }
      sweep.run();
    }
  }

  /** Returns how often it failed in a row; after some times it is left to the sweep. */
  private int catchUp(long generationId, int failures) throws InterruptedException {
    lines.catchingUp(generationId);
    try {
      if (work.catchUp(generationId) && !stopped) {
        lines.stillBehind(generationId);
      }
      return 0;
    } catch (RuntimeException | Error failed) {
      LOG.warnf(
          "catching up failed consumer=%s generation=%d reason=%s",
          name, generationId, failed.getMessage());
      if (failures + 1 < config.maxDeliveries() && !stopped) {
        lines.stillBehind(generationId);
      }
      pause(config.retryDelay().multipliedBy(failures + 1L));
      return failures + 1;
    }
  }

  private void pause(Duration duration) throws InterruptedException {
    if (!stopped) {
      Thread.sleep(duration);
    }
  }
}
