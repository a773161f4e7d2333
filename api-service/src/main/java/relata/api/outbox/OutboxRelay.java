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

  void stop(@Observes ShutdownEvent stop) throws InterruptedException {
    thread.interrupt();
    thread.join(config.publishTimeout());
  }

  private void run() {
    Duration pause = config.pollInterval();
    try {
      while (true) {
        // Woken while the last pass ran: the permits stand for commits it may have missed.
        if (wake.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
        pause = pass(pause);
      }
    } catch (InterruptedException stopped) {
      LOG.debug("outbox relay stopped");
    }
  }

  /** Empties the outbox as far as it can; returns how long to wait before the next pass. */
  private Duration pass(Duration lastPause) throws InterruptedException {
    try {
      Connection connection = nats.connect();
      ensureStream(connection);
      OutboxBatch.Result result;
      do {
        result = batch.publish(connection);
      } while (result.isFullSuccess());
      if (result.failed() == 0) {
        return config.pollInterval();
      }
      nats.streamDoubted();
      LOG.warnf("outbox events kept count=%d cause=%s", result.failed(), result.firstCause());
    } catch (IOException | JetStreamApiException | RuntimeException failure) {
      LOG.warnf("outbox waits cause=%s", failure);
    }
    return longer(lastPause);
  }

  private void ensureStream(Connection connection) throws IOException, JetStreamApiException {
    if (!nats.isStreamSure()) {
      stream.ensure(connection);
      nats.streamSeen();
      LOG.infof("stream ready name=%s", relata.contracts.Streams.CONTENT);
    }
  }

  private Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(config.maxRetryDelay()) < 0 ? doubled : config.maxRetryDelay();
  }
}
