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
import relata.worker.pipeline.Lanes;
import relata.worker.pipeline.PipelineConfig;

/**
 * Pulls events whenever a batch has a free slot, and never holds one that has none: it would wait
 * here for its time to run out, while another replica could work on it.
 */
@Singleton
public final class Pump {
  private static final Logger LOG = Logger.getLogger(Pump.class);

  private final ContentConsumer consumer;
  private final EventBatch batch;
  private final Lanes lanes;
  private final IntakeConfig config;
  private final int batchSize;
  private final Delivery delivery = new Delivery();
  private volatile boolean stopped;
  private volatile boolean troubled;
  private Thread pulling;
  private Thread heartbeat;

  Pump(
      ContentConsumer consumer,
      EventBatch batch,
      Lanes lanes,
      IntakeConfig config,
      PipelineConfig pipeline) {
    this.consumer = consumer;
    this.batch = batch;
    this.lanes = lanes;
    this.config = config;
    this.batchSize = pipeline.batchSize();
  }

  public void start() {
    pulling = Thread.ofVirtual().name("intake").start(this::run);
    heartbeat = Thread.ofVirtual().name("intake-heartbeat").start(this::keepAlive);
  }

  /** Stops pulling. Batches in work go on. */
  public void stopPulling() throws InterruptedException {
    stopped = true;
    // Not interrupted at once: an event on its way to a pull that is broken off would be held from
    // the other replicas until its time has run out.
    if (!pulling.join(config.pullWait().plus(config.retryDelay()))) {
      pulling.interrupt();
      pulling.join();
    }
  }

  /** To be called when the batches are done. */
  public void stop() {
    heartbeat.interrupt();
  }

  private void run() {
    String lastTrouble = "";
    while (!stopped) {
      try {
        ConsumerContext context = consumer.ensure();
        LOG.info("consumer ready");
        lastTrouble = "";
        while (!stopped) {
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

  private void pull(ConsumerContext context)
      throws IOException,
          JetStreamApiException,
          InterruptedException,
          JetStreamStatusCheckedException {
    if (troubled) {
      troubled = false;
      Thread.sleep(config.retryDelay());
    }
    lanes.acquire();
    boolean started = false;
    try {
      if (stopped) {
        return;
      }
      boolean patient = !lanes.isContended();
      List<Message> messages = consumer.pull(context, batchSize, patient);
      if (!messages.isEmpty()) {
        delivery.begin(messages);
        lanes.start(() -> work(messages));
        started = true;
      } else if (patient) {
        // Nothing came: is it because nothing happens, or because there is no consumer any more?
        consumer.check();
      }
    } finally {
      if (!started) {
        lanes.release();
      }
    }
  }

  private void work(List<Message> messages) {
    try {
      batch.work(messages, delivery);
    } catch (RuntimeException | Error failed) {
      // An event that is neither done nor given back would be kept alive for ever.
      LOG.warnf("events come again count=%d reason=\"%s\"", messages.size(), failed);
      troubled = true;
      delivery.retry(messages, stopped ? Duration.ZERO : config.retryDelay());
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
