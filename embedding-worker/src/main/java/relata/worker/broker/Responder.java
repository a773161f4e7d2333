package relata.worker.broker;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Answers requests over NATS, sharing the work with the other replicas. Every request gets an
 * answer, also when there is no room for it: an asker who waits in vain cannot tell why.
 */
public final class Responder {
  private static final Logger LOG = Logger.getLogger(Responder.class);

  /** Makes the answer to a request; it runs on a virtual thread. */
  @FunctionalInterface
  public interface Answer {
    byte[] to(byte[] request);

    /**
     * The answer, if it is at hand. It takes nobody's place and waits behind nothing, so that what
     * is slow does not keep others from what is not; it runs on the thread that receives, and must
     * not wait.
     */
    default Optional<byte[]> known(byte[] request) {
      return Optional.empty();
    }
  }

  /** What is answered where no answer was made. */
  public record Excuses(Supplier<byte[]> noRoom, Supplier<byte[]> failed) {}

  private final Broker broker;
  private final String queue;
  private final Map<String, Answer> answers;
  private final Excuses excuses;
  private final Semaphore admitted;
  private Connection subscribed;
  private Dispatcher dispatcher;

  /**
   * @param answers by subject
   * @param atOnce requests in work; one more is told that there is no room
   */
  public Responder(
      Broker broker, String queue, Map<String, Answer> answers, int atOnce, Excuses excuses) {
    this.broker = broker;
    this.queue = queue;
    this.answers = Map.copyOf(answers);
    this.excuses = excuses;
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
    Optional<byte[]> known = known(message);
    if (known.isPresent()) {
      reply(message, known.get());
    } else if (admitted.tryAcquire()) {
      work(message);
    } else {
      reply(message, excuses.noRoom().get());
    }
  }

  private void work(Message message) {
    Thread.ofVirtual()
        .name(message.getSubject())
        .start(
            () -> {
              try {
                reply(message, answer(message));
              } finally {
                admitted.release();
              }
            });
  }

  private Optional<byte[]> known(Message message) {
    try {
      return answers.get(message.getSubject()).known(message.getData());
    } catch (RuntimeException | Error bug) {
      return Optional.of(failed(message, bug));
    }
  }

  private byte[] answer(Message message) {
    try {
      return answers.get(message.getSubject()).to(message.getData());
    } catch (RuntimeException | Error bug) {
      return failed(message, bug);
    }
  }

  private byte[] failed(Message message, Throwable bug) {
    LOG.error("request failed subject=" + message.getSubject(), bug);
    return excuses.failed().get();
  }

  private static void reply(Message message, byte[] answer) {
    try {
      message.getConnection().publish(message.getReplyTo(), answer);
    } catch (IllegalStateException disconnected) {
      LOG.debugf("request not answered reason=\"%s\"", disconnected.getMessage());
    }
  }
}
