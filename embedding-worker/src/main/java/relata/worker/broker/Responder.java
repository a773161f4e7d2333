package relata.worker.broker;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Answers requests over NATS, sharing the work with the other replicas. Every request gets an
 * answer, also when there is no room for it: an asker who waits in vain cannot tell why.
 */
public final class Responder {
  private static final Logger LOG = Logger.getLogger(Responder.class);

  /** Makes the answer to a request; it runs on a virtual thread and does not throw. */
  @FunctionalInterface
  public interface Answer {
    byte[] to(byte[] request);
  }

  private final Broker broker;
  private final String queue;
  private final Map<String, Answer> answers;
  private final Supplier<byte[]> noRoom;
  private final Semaphore admitted;
  private Connection subscribed;
  private Dispatcher dispatcher;

  /**
   * @param answers by subject
   * @param atOnce requests in work; one more gets {@code noRoom}
   */
  public Responder(
      Broker broker,
      String queue,
      Map<String, Answer> answers,
      int atOnce,
      Supplier<byte[]> noRoom) {
    this.broker = broker;
    this.queue = queue;
    this.answers = Map.copyOf(answers);
    this.noRoom = noRoom;
    this.admitted = new Semaphore(atOnce);
  }

  public void start() {
    broker.onConnected(this::subscribe);
  }

  /** Takes no more requests. */
  public synchronized void stop() {
    if (subscribed != null) {
      try {
        subscribed.closeDispatcher(dispatcher);
      } catch (IllegalStateException closed) {
        LOG.debugf("nothing to unsubscribe from reason=\"%s\"", closed.getMessage());
      }
      subscribed = null;
    }
  }

  /** A connection keeps its subscriptions when it reconnects; only a new one has none. */
  private synchronized void subscribe(Connection connection) {
    if (connection != subscribed) {
      subscribed = connection;
      dispatcher = connection.createDispatcher(this::receive);
      answers.keySet().forEach(subject -> dispatcher.subscribe(subject, queue));
    }
  }

  private void receive(Message message) {
    if (message.getReplyTo() == null) {
      return;
    }
    if (!admitted.tryAcquire()) {
      reply(message, noRoom.get());
      return;
    }
    Answer answer = answers.get(message.getSubject());
    Thread.ofVirtual()
        .name(message.getSubject())
        .start(
            () -> {
              try {
                reply(message, answer.to(message.getData()));
              } finally {
                admitted.release();
              }
            });
  }

  private static void reply(Message message, byte[] answer) {
    try {
      message.getConnection().publish(message.getReplyTo(), answer);
    } catch (IllegalStateException disconnected) {
      LOG.debugf("request not answered reason=\"%s\"", disconnected.getMessage());
    }
  }
}
