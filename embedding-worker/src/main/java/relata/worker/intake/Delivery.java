package relata.worker.intake;

import io.nats.client.Message;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import relata.worker.schedule.Receipt;

/** The events that are held, and what the broker is told about them. */
final class Delivery {
  private static final Logger LOG = Logger.getLogger(Delivery.class);

  private final Set<Message> held = ConcurrentHashMap.newKeySet();
  private final Duration retryDelay;
  private volatile boolean stopping;

  Delivery(Duration retryDelay) {
    this.retryDelay = retryDelay;
  }

  void hold(Message message) {
    held.add(message);
  }

  /** From now on, what is given back goes to another replica at once. */
  void stopping() {
    stopping = true;
  }

  /** Its outcome is in the database. */
  void done(Message message) {
    tell(message, Message::ack);
  }

  /** Its outcome is not known: it comes again. */
  void retry(Message message) {
    tell(message, one -> one.nakWithDelay(stopping ? Duration.ZERO : retryDelay));
  }

  /** It makes no sense and never will. */
  void refuse(Message message) {
    tell(message, Message::term);
  }

  /** For an event that so many outcomes are waited for. */
  Receipt receipt(Message message, int outcomes) {
    AtomicInteger open = new AtomicInteger(outcomes);
    return new Receipt() {
      @Override
      public void done() {
        if (open.decrementAndGet() == 0) {
          Delivery.this.done(message);
        }
      }

      @Override
      public void failed() {
        // The other outcomes can then no longer acknowledge it.
        open.set(0);
        retry(message);
      }
    };
  }

  /** Tells the broker that they are still being worked on. */
  void keepAlive() {
    held.forEach(
        message -> {
          try {
            message.inProgress();
          } catch (RuntimeException disconnected) {
            LOG.debugf("no sign of life sent reason=\"%s\"", disconnected.getMessage());
          }
        });
  }

  private void tell(Message message, Consumer<Message> what) {
    if (!held.remove(message)) {
      return;
    }
    try {
      what.accept(message);
    } catch (RuntimeException disconnected) {
      // It comes again, finds nothing stale, and costs one query.
      LOG.debugf("broker not told reason=\"%s\"", disconnected.getMessage());
    }
  }
}
