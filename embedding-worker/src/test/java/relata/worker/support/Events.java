package relata.worker.support;

import com.google.protobuf.InvalidProtocolBufferException;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.contracts.v1.ContentChanged;
import relata.contracts.v1.FeaturesChanged;
import relata.local.testing.Patiently;

/** Publishes content's events as api-service would, and hears the worker's. */
@Singleton
public final class Events {
  private static final String MESSAGE_ID = "Nats-Msg-Id";

  private final String url;

  /** By the id that the stream drops repetitions by; in the order of their first arrival. */
  private final Map<String, FeaturesChanged> heard =
      Collections.synchronizedMap(new LinkedHashMap<>());

  private Connection connection;

  Events(@ConfigProperty(name = "RELATA_NATS_URL") String url) {
    this.url = url;
  }

  void start(@Observes @Priority(1) StartupEvent event) throws Exception {
    connection = Patiently.connect(url);
    createStream();
    var dispatcher = connection.createDispatcher(this::hear);
    dispatcher.subscribe(Subjects.FEATURES_CHANGED_ALL);
    connection.flush(Duration.ofSeconds(20));
  }

  @PreDestroy
  void stop() throws InterruptedException {
    connection.close();
  }

  public void createStream() throws IOException, JetStreamApiException {
    StreamConfiguration configuration =
        StreamConfiguration.builder()
            .name(Streams.CONTENT)
            .subjects(Subjects.CONTENT_CHANGED_ALL)
            .storageType(StorageType.File)
            .retentionPolicy(RetentionPolicy.Limits)
            .maxAge(Streams.MAX_AGE)
            .build();
    management().addStream(configuration);
  }

  public JetStreamManagement management() throws IOException {
    return connection.jetStreamManagement();
  }

  public Connection connection() {
    return connection;
  }

  public void written(Content.Collection collection, long documentId) {
    publish(event(collection).setDocumentId(documentId).setVersion(1).build().toByteArray());
  }

  /** A generation of the collection wants work. */
  public void wanted(Content.Collection collection) {
    publish(event(collection).setGenerationId(collection.generationId()).build().toByteArray());
  }

  public void deleted(Content.Collection collection, long documentId) {
    publish(event(collection).setDocumentId(documentId).setDeleted(true).build().toByteArray());
  }

  public void publish(byte[] payload) {
    try {
      connection.jetStream().publish(Subjects.contentChanged("default"), payload);
    } catch (IOException | JetStreamApiException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** What the worker published about a document, or with 0 about a whole generation. */
  public List<FeaturesChanged> heard(Content.Collection collection, long documentId) {
    return List.copyOf(heard.values()).stream()
        .filter(event -> event.getGenerationId() == collection.generationId())
        .filter(event -> event.getDocumentId() == documentId)
        .toList();
  }

  /**
   * Events that were delivered and not yet acknowledged, if none waits to be delivered; else -1.
   */
  public long unacknowledged() {
    try {
      ConsumerInfo consumer =
          management().getConsumerInfo(Streams.CONTENT, Streams.EMBEDDING_WORKER);
      return consumer.getNumPending() == 0 ? consumer.getNumAckPending() : -1;
    } catch (IOException | JetStreamApiException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** No event waits for its ack, and none waits to be delivered. */
  public boolean allAcknowledged() {
    try {
      ConsumerInfo consumer =
          management().getConsumerInfo(Streams.CONTENT, Streams.EMBEDDING_WORKER);
      return consumer.getNumAckPending() == 0 && consumer.getNumPending() == 0;
    } catch (IOException | JetStreamApiException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void hear(Message message) {
    heard.putIfAbsent(message.getHeaders().getFirst(MESSAGE_ID), parse(message.getData()));
  }

  private static FeaturesChanged parse(byte[] payload) {
    try {
      return FeaturesChanged.parseFrom(payload);
    } catch (InvalidProtocolBufferException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static ContentChanged.Builder event(Content.Collection collection) {
    return ContentChanged.newBuilder().setTenant("default").setCollectionId(collection.id());
  }
}
