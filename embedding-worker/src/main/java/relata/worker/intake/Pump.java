package relata.worker.intake;

import io.nats.client.ConsumerContext;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Pulls events and hands them to the schedule. It never waits for work to be done: what has no room
 * there need not be held. What is held is kept alive here until its outcome is known.
 */
@Singleton
public final class Pump {
  private static final Logger LOG = Logger.getLogger(Pump.class);

  private final ContentConsumer consumer;
  private final EventIntake intake;
  private final IntakeConfig config;
  private final Delivery delivery;
  private volatile boolean stopped;
  private volatile long turnedAt = System.nanoTime();
  private Thread pulling;
  private Thread heartbeat;

  Pump(ContentConsumer consumer, EventIntake intake, IntakeConfig config) {
    this.consumer = consumer;
    this.intake = intake;
    this.config = config;
    this.delivery = new Delivery(config.retryDelay());
  }

  public void start() {
    pulling = Thread.ofVirtual().name("intake").start(this::run);
    heartbeat = Thread.ofVirtual().name("intake-heartbeat").start(this::keepAlive);
  }

  /** Stops pulling. What was pulled is still held. */
  public void stopPulling() throws InterruptedException {
    stopped = true;
    delivery.stopping();
    // Not interrupted at once: an event on its way to a pull that is broken off would be held from
    // the other replicas until its time has run out.
    if (!pulling.join(config.pullWait().plus(config.retryDelay()))) {
      pulling.interrupt();
      pulling.join();
    }
  }

  /** To be called when nothing is held any more. */
  public void stop() {
    heartbeat.interrupt();
  }

  /** When the loop was last seen to turn. */
  Duration sinceTurn() {
    return Duration.ofNanos(System.nanoTime() - turnedAt);
  }

  private void run() {
    String lastTrouble = "";
    while (!stopped) {
      turnedAt = System.nanoTime();
      try {
        ConsumerContext context = consumer.ensure();
        LOG.info("consumer ready");
        lastTrouble = "";
        while (!stopped) {
          turnedAt = System.nanoTime();
          pull(context);
        }
      } catch (InterruptedException stopping) {
        return;
      } catch (IOException
          | JetStreamApiException
          | JetStreamStatusCheckedException
          | RuntimeException broken) {
        // Said once: a stream that is not there yet is tried every second.
        String trouble = String.valueOf(broken.getMessage());
        if (!trouble.equals(lastTrouble)) {
          LOG.warnf("no events reason=\"%s\"", trouble);
          lastTrouble = trouble;
        }
        pause();
      }
    }
  }

  /** What is there goes together; if nothing is, the next one goes as soon as it comes. */
  private void pull(ConsumerContext context)
      throws IOException,
          JetStreamApiException,
          InterruptedException,
          JetStreamStatusCheckedException {
    List<Message> messages = consumer.pullWaiting(context, config.pullSize());
    if (messages.isEmpty()) {
      messages = consumer.pullNext(context);
    }
    if (messages.isEmpty()) {
      // Is it because nothing happens, or because there is no consumer any more?
      consumer.check();
      return;
    }
    messages.forEach(delivery::hold);
    try {
      intake.take(messages, delivery);
    } catch (RuntimeException | Error failed) {
      // An event that is neither done nor given back would be kept alive for ever.
      LOG.warnf("events come again count=%d reason=\"%s\"", messages.size(), failed);
      messages.forEach(delivery::retry);
      pause();
    }
  }

  private void keepAlive() {
    while (true) {
      try {
        Thread.sleep(config.ackWait().dividedBy(3));
      } catch (InterruptedException stopping) {
        return;
      }
      delivery.keepAlive();
    }
  }

  private void pause() {
    try {
      Thread.sleep(config.retryDelay());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
