package relata.graph.broker;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullRequestOptions;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Pulls batches of a JetStream consumer, and makes that consumer whenever it is not there: at the
 * start, after the broker lost its store, before the stream exists. A batch is what comes without a
 * pause, at most {@code maxMessages}; while the handler is at work no more is asked for than the
 * last pull left open.
 *
 * <p>One subscription serves all pulls. The client's own fetch subscribes anew for each, and what
 * the server sends just when a fetch times out is lost until the server's ack-wait is over.
 */
public final class PullConsumer {
  private static final Logger LOG = Logger.getLogger(PullConsumer.class);

  /** How long a pull stays open; also how long a stop may have to wait. */
  private static final Duration PULL = Duration.ofSeconds(2);

  /** How long after its end the last messages of a pull may arrive. */
  private static final Duration LATE = Duration.ofMillis(250);

  /** A pause of this length ends a batch. */
  private static final Duration PAUSE = Duration.ofMillis(2);

  private final Broker broker;
  private final String stream;
  private final ConsumerConfiguration configuration;
  private final PullLimits limits;
  private final ConsumerLag lag;
  private final Consumer<List<Message>> handler;
  private final Runnable created;
  private volatile boolean stopped;
  private Thread thread;
  private JetStreamSubscription subscription;

  /** Messages that the last pull may still bring, and until when. */
  private int open;

  private long openUntil;
  private boolean toldAway;
  private long verifiedAt;

  /** What a consumer may take on, and how it waits. */
  public record PullLimits(int maxMessages, Duration retryDelay, Duration verifyEvery) {}

  /**
   * @param handler acks, naks or terminates every message that it gets
   * @param created runs after the consumer was found or made: events may have been missed before
   */
  public PullConsumer(
      Broker broker,
      String stream,
      ConsumerConfiguration configuration,
      PullLimits limits,
      ConsumerLag lag,
      Consumer<List<Message>> handler,
      Runnable created) {
    this.broker = broker;
    this.stream = stream;
    this.configuration = configuration;
    this.limits = limits;
    this.lag = lag;
    this.handler = handler;
    this.created = created;
  }

  public void start() {
    thread = Thread.ofVirtual().name("pull-" + configuration.getName()).start(this::run);
  }

  /** Takes no further batch. */
  public void requestStop() {
    stopped = true;
  }

  /** Lets the batch in hand be finished, within the limit. */
  public void awaitStop(Duration limit) throws InterruptedException {
    if (thread != null && !thread.join(limit)) {
      thread.interrupt();
    }
  }

  private void run() {
    while (!stopped) {
      try {
        Optional<Connection> connection = broker.connection();
        if (connection.isEmpty()) {
          unsubscribe();
          Thread.sleep(limits.retryDelay());
        } else {
          pull(connection.get());
        }
      } catch (InterruptedException stop) {
        stopped = true;
      } catch (IOException | JetStreamApiException | RuntimeException failed) {
        unsubscribe();
        tell(failed);
        if (!pause()) {
          stopped = true;
        }
      }
    }
    unsubscribe();
  }

  private boolean pause() {
    try {
      Thread.sleep(limits.retryDelay());
      return true;
    } catch (InterruptedException stop) {
      return false;
    }
  }

  private void tell(Exception failed) {
    if (!toldAway) {
      LOG.warnf(
          "no messages for now stream=%s consumer=%s reason=%s",
          stream, configuration.getName(), failed.getMessage());
      toldAway = true;
    }
  }

  private void pull(Connection connection)
      throws IOException, JetStreamApiException, InterruptedException {
    if (subscription == null) {
      lag.see(connection.jetStreamManagement().addOrUpdateConsumer(stream, configuration));
      subscription =
          connection
              .jetStream()
              .subscribe(null, PullSubscribeOptions.bind(stream, configuration.getName()));
      open = 0;
      toldAway = false;
      verifiedAt = System.nanoTime();
      LOG.infof("consuming stream=%s consumer=%s", stream, configuration.getName());
      created.run();
    }
    if (open <= 0 || System.nanoTime() - openUntil >= 0) {
      subscription.pull(PullRequestOptions.builder(limits.maxMessages()).expiresIn(PULL).build());
      open = limits.maxMessages();
      openUntil = System.nanoTime() + PULL.plus(LATE).toNanos();
    }
    Message first =
        subscription.nextMessage(Duration.ofNanos(Math.max(1, openUntil - System.nanoTime())));
    if (first != null) {
      handle(first);
    }
    verify(connection);
  }

  private void handle(Message first) throws InterruptedException {
    List<Message> batch = new ArrayList<>();
    for (Message message = first; message != null; message = next(batch.size())) {
      batch.add(message);
    }
    open -= batch.size();
    handler.accept(batch);
  }

  private Message next(int taken) throws InterruptedException {
    return taken < limits.maxMessages() ? subscription.nextMessage(PAUSE) : null;
  }

  /** Gives back what has come and was not taken, so that nobody waits for it. */
  private void unsubscribe() {
    if (subscription == null) {
      return;
    }
    JetStreamSubscription ended = subscription;
    subscription = null;
    try {
      for (Message rest = ended.nextMessage(PAUSE); rest != null; rest = ended.nextMessage(PAUSE)) {
        rest.nak();
      }
      ended.unsubscribe();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException away) {
      LOG.debugf("unsubscribing failed reason=%s", away.getMessage());
    }
  }

  /** Silence may also mean that the consumer was lost with the broker's store. */
  private void verify(Connection connection) throws IOException, JetStreamApiException {
    if (System.nanoTime() - verifiedAt > limits.verifyEvery().toNanos()) {
      lag.see(connection.jetStreamManagement().getConsumerInfo(stream, configuration.getName()));
      verifiedAt = System.nanoTime();
    }
  }
}
