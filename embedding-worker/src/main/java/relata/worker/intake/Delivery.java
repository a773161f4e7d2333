package relata.worker.intake;

import io.nats.client.Message;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The events in work, and what the broker is told about them. */
final class Delivery {
  private static final Logger LOG = Logger.getLogger(Delivery.class);

  private final Set<Message> inWork = ConcurrentHashMap.newKeySet();

  void begin(List<Message> messages) {
    inWork.addAll(messages);
  }

  /** Their outcome is in the database. */
  void done(List<Message> messages) {
    tell(messages, Message::ack);
  }

  /** Their outcome is not known: they come again. */
  void retry(List<Message> messages, Duration delay) {
    tell(messages, message -> message.nakWithDelay(delay));
  }

  /** It makes no sense and never will. */
  void refuse(Message message) {
    tell(List.of(message), Message::term);
  }

  /** Tells the broker that they are still being worked on. */
  void keepAlive() {
    inWork.forEach(
        message -> {
          try {
            message.inProgress();
          } catch (RuntimeException disconnected) {
            LOG.debugf("no sign of life sent reason=\"%s\"", disconnected.getMessage());
          }
        });
  }

  private void tell(List<Message> messages, Consumer<Message> what) {
    for (Message message : messages) {
      inWork.remove(message);
      try {
        what.accept(message);
      } catch (RuntimeException disconnected) {
        // It comes again, finds nothing stale, and costs one query.
        LOG.debugf("broker not told reason=\"%s\"", disconnected.getMessage());
      }
    }
  }
}
