package relata.graph.feed;

import io.nats.client.Message;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The messages of one consumer that are in hand. While they are, the broker is told so again and
 * again, so that it gives them to nobody else.
 */
final class Deliveries {
  private static final Logger LOG = Logger.getLogger(Deliveries.class);

  private final FeedConfig config;
  private final Set<Message> inHand = ConcurrentHashMap.newKeySet();
  private volatile Thread thread;

  Deliveries(FeedConfig config) {
    this.config = config;
  }

  void start() {
    thread = Thread.ofVirtual().name("heartbeat").start(this::beat);
  }

  void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  void take(Collection<Message> messages) {
    inHand.addAll(messages);
  }

  /** They are dealt with. A lost acknowledgement only means that the event comes again. */
  void acknowledge(Collection<Message> messages) {
    // First, because a heartbeat after the acknowledgement would be an error.
    messages.forEach(inHand::remove);
    messages.forEach(message -> send(message::ack));
  }

  /** Somebody else may have them, now. */
  void release(Collection<Message> messages) {
    messages.forEach(inHand::remove);
    messages.forEach(message -> send(message::nak));
  }

  /**
   * They are to come again, each later than the last time.
   *
   * @return how many came so often that they will not
   */
  int retry(Collection<Message> messages) {
    messages.forEach(inHand::remove);
    int givenUp = 0;
    for (Message message : messages) {
      long deliveries = message.metaData().deliveredCount();
      if (deliveries < config.maxDeliveries()) {
        send(() -> message.nakWithDelay(delay(deliveries)));
      } else {
        send(message::ack);
        givenUp++;
      }
    }
    return givenUp;
  }

  private Duration delay(long deliveries) {
    int doublings = (int) Math.min(deliveries - 1, 16);
    Duration delay = config.retryDelay().multipliedBy(1L << doublings);
    return delay.compareTo(config.maxRetryDelay()) < 0 ? delay : config.maxRetryDelay();
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(config.ackWait().dividedBy(3));
        for (Message message : inHand) {
          send(message::inProgress);
        }
      }
    } catch (InterruptedException stopped) {
      LOG.debugf("heartbeat stopped");
    }
  }

  private static void send(Runnable answer) {
    try {
      answer.run();
    } catch (IllegalStateException away) {
      // The connection is gone, and the message will come again.
      LOG.debugf("answer not sent reason=%s", away.getMessage());
    }
  }
}
