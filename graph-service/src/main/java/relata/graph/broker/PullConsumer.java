package relata.graph.broker;

import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
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
 * start, after the broker lost its store, before the stream exists. A batch is what is waiting, at
 * most {@code maxMessages}, and the next is asked for only when the handler has returned, so no
 * message grows old in a buffer.
 */
public final class PullConsumer {
  private static final Logger LOG = Logger.getLogger(PullConsumer.class);

  /** How long a pull stays open while nothing comes; the client asks for at least a second. */
  private static final Duration PULL = Duration.ofSeconds(1);

  private final Broker broker;
  private final String stream;
  private final ConsumerConfiguration configuration;
  private final PullLimits limits;
  private final Consumer<List<Message>> handler;
  private final Runnable created;
  private volatile boolean stopped;
  private Thread thread;
  private boolean exists;
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
      Consumer<List<Message>> handler,
      Runnable created) {
    this.broker = broker;
    this.stream = stream;
    this.configuration = configuration;
    this.limits = limits;
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
          exists = false;
          Thread.sleep(limits.retryDelay());
        } else {
          pull(connection.get());
        }
      } catch (InterruptedException stop) {
        return;
      } catch (IOException
          | JetStreamApiException
          | JetStreamStatusCheckedException
          | RuntimeException failed) {
        exists = false;
        tell(failed);
        if (!pause()) {
          return;
        }
      }
    }
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
      throws IOException,
          JetStreamApiException,
          JetStreamStatusCheckedException,
          InterruptedException {
    if (!exists) {
      connection.jetStreamManagement().addOrUpdateConsumer(stream, configuration);
      exists = true;
      toldAway = false;
      verifiedAt = System.nanoTime();
      LOG.infof("consuming stream=%s consumer=%s", stream, configuration.getName());
      created.run();
    }
    ConsumerContext consumer =
        connection.getStreamContext(stream).getConsumerContext(configuration.getName());
    List<Message> batch = waiting(consumer, limits.maxMessages());
    if (batch.isEmpty()) {
      Message first = consumer.next(PULL);
      if (first != null) {
        batch.add(first);
        batch.addAll(waiting(consumer, limits.maxMessages() - 1));
      }
    }
    if (batch.isEmpty()) {
      verify(connection);
    } else {
      handler.accept(batch);
    }
  }

  /** What the server has ready, without waiting for more. */
  private static List<Message> waiting(ConsumerContext consumer, int maxMessages)
      throws IOException,
          JetStreamApiException,
          JetStreamStatusCheckedException,
          InterruptedException {
    List<Message> batch = new ArrayList<>();
    if (maxMessages > 0) {
      FetchConsumeOptions options =
          FetchConsumeOptions.builder().maxMessages(maxMessages).noWait().build();
      try (FetchConsumer fetch = consumer.fetch(options)) {
        for (Message message = fetch.nextMessage();
            message != null;
            message = fetch.nextMessage()) {
          batch.add(message);
        }
      } catch (IOException
          | JetStreamApiException
          | JetStreamStatusCheckedException
          | InterruptedException failed) {
        throw failed;
      } catch (Exception closing) {
        throw new IOException("closing a fetch", closing);
      }
    }
    return batch;
  }

  /** Silence may also mean that the consumer was lost with the broker's store. */
  private void verify(Connection connection) throws IOException, JetStreamApiException {
    if (System.nanoTime() - verifiedAt > limits.verifyEvery().toNanos()) {
      connection.jetStreamManagement().getConsumerInfo(stream, configuration.getName());
      verifiedAt = System.nanoTime();
    }
  }
}
