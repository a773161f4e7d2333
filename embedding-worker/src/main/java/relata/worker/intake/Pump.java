package relata.worker.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.ConsumerContext;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import relata.contracts.Streams;
import relata.worker.loop.Loop;

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
  private final ConsumerLag lag;
  private final Delivery delivery;
  private final Loop pulling;
  private final Loop heartbeat;
  private final Loop looking;
  private volatile boolean stopped;

  /** The loop's; null until it is known that the broker has it. */
  private ConsumerContext context;

  Pump(ContentConsumer consumer, EventIntake intake, IntakeConfig config, MeterRegistry meters) {
    this.consumer = consumer;
    this.intake = intake;
    this.lag = new ConsumerLag(Streams.EMBEDDING_WORKER, meters);
    this.config = config;
    this.delivery = new Delivery(config.retryDelay());
    this.pulling = new Loop("intake", "no events taken in", config.retryDelay(), this::turn);
    this.heartbeat =
        new Loop("intake-heartbeat", "no sign of life", config.retryDelay(), this::keepAlive);
    this.looking = new Loop("intake-lag", "lag not known", config.lookEvery(), this::look);
  }

  public void start() {
    pulling.start();
    heartbeat.start();
    looking.start();
  }

  /** Stops pulling. What was pulled is still held. */
  public void stopPulling() throws InterruptedException {
    stopped = true;
    looking.stop();
    delivery.stopping();
    // Not interrupted at once: an event on its way to a pull that is broken off would be held from
    // the other replicas until its time has run out.
    if (!pulling.join(config.pullWait().plus(config.retryDelay()))) {
      pulling.stop();
      pulling.join();
    }
  }

  /** To be called when nothing is held any more. */
  public void stop() {
    heartbeat.stop();
  }

  /** How long ago the loop was last seen to turn. */
  Duration sinceTurn() {
    return pulling.sinceTurn();
  }

  private boolean turn()
      throws IOException,
          JetStreamApiException,
          InterruptedException,
          JetStreamStatusCheckedException {
    ConsumerContext known = context;
    // Whatever happens now, the broker is asked for the consumer again.
    context = null;
    if (known == null) {
      known = consumer.ensure();
      LOG.info("consumer ready");
    }
    List<Message> messages = pull(known);
    context = known;
    take(messages);
    return !stopped;
  }

  /** What is there goes together; if nothing is, the next one goes as soon as it comes. */
  private List<Message> pull(ConsumerContext known)
      throws IOException,
          JetStreamApiException,
          InterruptedException,
          JetStreamStatusCheckedException {
    List<Message> waiting = consumer.pullWaiting(known, config.pullSize());
    List<Message> messages = waiting.isEmpty() ? consumer.pullNext(known) : waiting;
    if (messages.isEmpty()) {
      // Is it because nothing happens, or because there is no consumer any more?
      var _ = consumer.check();
    }
    return messages;
  }

  private void take(List<Message> messages) {
    messages.forEach(delivery::hold);
    try {
      intake.take(messages, delivery);
    } catch (RuntimeException | Error failed) {
      // An event that is neither done nor given back would be kept alive for ever.
      messages.forEach(delivery::retry);
      throw failed;
    }
  }

  private boolean look() throws IOException, JetStreamApiException, InterruptedException {
    lag.see(consumer.check());
    Thread.sleep(config.lookEvery());
    return true;
  }

  private boolean keepAlive() throws InterruptedException {
    Thread.sleep(config.ackWait().dividedBy(3));
    delivery.keepAlive();
    return true;
  }
}
