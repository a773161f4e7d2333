package relata.worker.intake;

import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.worker.broker.Broker;

/** The durable consumer of content's events, which this service creates and keeps up to date. */
@Singleton
class ContentConsumer {
  private final Broker broker;
  private final IntakeConfig config;

  ContentConsumer(Broker broker, IntakeConfig config) {
    this.broker = broker;
    this.config = config;
  }

  /**
   * Creates or updates it.
   *
   * @throws JetStreamApiException when there is no such stream yet, among others
   */
  ConsumerContext ensure() throws IOException, JetStreamApiException {
    ConsumerConfiguration configuration =
        ConsumerConfiguration.builder()
            .durable(Streams.EMBEDDING_WORKER)
            .filterSubject(Subjects.CONTENT_CHANGED_ALL)
            .deliverPolicy(DeliverPolicy.All)
            .ackPolicy(AckPolicy.Explicit)
            .ackWait(config.ackWait())
            // Tries are counted in the database, where they survive the broker.
            .maxDeliver(-1)
            .maxAckPending(config.maxAckPending())
            .build();
    broker.management().addOrUpdateConsumer(Streams.CONTENT, configuration);
    return broker
        .connected()
        .orElseThrow(() -> new IOException("NATS is not connected."))
        .getConsumerContext(Streams.CONTENT, Streams.EMBEDDING_WORKER);
  }

  /** Asks the broker whether it is there, and how far it is. */
  ConsumerInfo check() throws IOException, JetStreamApiException {
    return broker.management().getConsumerInfo(Streams.CONTENT, Streams.EMBEDDING_WORKER);
  }

  /** Pulls the events that are there, at most so many. */
  List<Message> pullWaiting(ConsumerContext consumer, int most)
      throws IOException,
          JetStreamApiException,
          InterruptedException,
          JetStreamStatusCheckedException {
    return fetch(consumer, FetchConsumeOptions.builder().maxMessages(most).noWait().build());
  }

  /** Waits for one event; empty when none came in time. */
  List<Message> pullNext(ConsumerContext consumer)
      throws IOException,
          JetStreamApiException,
          InterruptedException,
          JetStreamStatusCheckedException {
    return fetch(
        consumer,
        FetchConsumeOptions.builder()
            .maxMessages(1)
            .expiresIn(config.pullWait().toMillis())
            .build());
  }

  private static List<Message> fetch(ConsumerContext consumer, FetchConsumeOptions options)
      throws IOException,
          JetStreamApiException,
          InterruptedException,
          JetStreamStatusCheckedException {
    List<Message> messages = new ArrayList<>();
    try (FetchConsumer fetch = consumer.fetch(options)) {
      Message message = fetch.nextMessage();
      while (message != null) {
        messages.add(message);
        message = fetch.nextMessage();
      }
    } catch (IOException | JetStreamApiException | InterruptedException failed) {
      throw failed;
    } catch (JetStreamStatusCheckedException failed) {
      // What came before the failure is ours: it is worked on, and the next pull fails again.
      if (messages.isEmpty()) {
        throw failed;
      }
    } catch (Exception closing) {
      throw new IOException(closing);
    }
    return messages;
  }
}
