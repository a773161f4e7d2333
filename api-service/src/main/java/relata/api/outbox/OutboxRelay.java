package relata.api.outbox;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import relata.contracts.Streams;

/**
 * Publishes the outbox: at once after a commit of this process, and every poll interval what other
 * processes left. Any number of replicas may run; row locks share the rows out among them.
 */
@Singleton
public final class OutboxRelay {
  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);

  private final OutboxConfig config;
  private final NatsLink nats;
  private final ContentStream stream;
  private final OutboxBatch batch;
  private final Semaphore wake = new Semaphore(0);
  private volatile Thread thread;
  private volatile boolean stopping;

  OutboxRelay(OutboxConfig config, NatsLink nats, ContentStream stream, OutboxBatch batch) {
    this.config = config;
    this.nats = nats;
    this.stream = stream;
    this.batch = batch;
  }

  /** Says that a transaction with an event was committed; returns at once. */
  public void wake() {
    wake.release();
  }

  void start(@Observes StartupEvent ready) {
    thread = Thread.ofVirtual().name("outbox-relay").start(this::run);
  }

  /** Lets a batch in flight end, so that its events need not be published again. */
  void stop(@Observes ShutdownEvent stop) throws InterruptedException {
    stopping = true;
    wake();
    if (!thread.join(config.publishTimeout())) {
      thread.interrupt();
    }
    nats.close();
  }

  private void run() {
    Duration pause = Duration.ZERO;
    try {
      while (!stopping) {
        await(pause);
        pause = pass(pause);
      }
    } catch (InterruptedException stopped) {
      LOG.debug("outbox relay stopped");
    }
  }

  /**
   * Waits for a commit or the next poll; after a failure for the whole pause, or every write would
   * knock at a broker that is away.
   */
  private void await(Duration pause) throws InterruptedException {
    if (pause.isPositive()) {
      Thread.sleep(pause);
    } else if (!wake.tryAcquire(config.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
      return;
    }
    // From here on the outbox is read: what was committed until now needs no further pass.
    wake.drainPermits();
  }

  /** Empties the outbox as far as it can; returns how long to pause, zero if all went well. */
  private Duration pass(Duration lastPause) throws InterruptedException {
    try {
      Connection connection = nats.connect();
      ensureStream(connection);
      OutboxBatch.Result result;
      do {
        result = batch.publish(connection);
      } while (result.isFullSuccess());
      if (result.failed() == 0) {
        flows(lastPause);
        return Duration.ZERO;
      }
      return waitsForBroker(lastPause, result.firstCause());
    } catch (IOException | JetStreamApiException away) {
      return waitsForBroker(lastPause, away.toString());
    } catch (RuntimeException databaseAway) {
      return waits(lastPause, databaseAway.toString());
    }
  }

  /** One line an outage, not one an attempt. */
  private static void flows(Duration lastPause) {
    if (lastPause.isPositive()) {
      LOG.info("outbox flows again");
    }
  }

  private Duration waitsForBroker(Duration lastPause, String cause) throws InterruptedException {
    nats.streamDoubted();
    if (lastPause.isPositive()) {
      nats.renew();
    }
    return waits(lastPause, cause);
  }

  private Duration waits(Duration lastPause, String cause) {
    if (lastPause.isZero()) {
      LOG.warnf("outbox waits cause=%s", cause);
      return config.pollInterval();
    }
    LOG.debugf("outbox waits cause=%s", cause);
    Duration doubled = lastPause.multipliedBy(2);
    return doubled.compareTo(config.maxRetryDelay()) < 0 ? doubled : config.maxRetryDelay();
  }

  private void ensureStream(Connection connection) throws IOException, JetStreamApiException {
    if (!nats.isStreamSure()) {
      stream.ensure(connection);
      nats.streamSeen();
      LOG.infof("stream ready name=%s", Streams.CONTENT);
    }
  }
}
