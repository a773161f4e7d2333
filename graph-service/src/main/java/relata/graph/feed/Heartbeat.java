package relata.graph.feed;

import io.nats.client.Message;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells the broker that messages are still in work, so that it gives them to nobody else. */
final class Heartbeat implements AutoCloseable {
  private final Set<Message> inWork = ConcurrentHashMap.newKeySet();
  private final Thread thread;

  private Heartbeat(Collection<Message> messages, Duration every) {
    inWork.addAll(messages);
    thread = Thread.ofVirtual().name("heartbeat").start(() -> beat(every));
  }

  static Heartbeat of(Collection<Message> messages, Duration every) {
    return new Heartbeat(messages, every);
  }

  /** To be called before a message is acknowledged: a later heartbeat would be an error. */
  void end(Collection<Message> messages) {
    messages.forEach(inWork::remove);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void beat(Duration every) {
    try {
      while (true) {
        Thread.sleep(every);
        inWork.forEach(Message::inProgress);
      }
    } catch (InterruptedException | IllegalStateException done) {
      // Closed, or the connection is gone and the messages will come again.
      Thread.currentThread().interrupt();
    }
  }
}
