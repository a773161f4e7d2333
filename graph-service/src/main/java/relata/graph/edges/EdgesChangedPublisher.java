package relata.graph.edges;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.contracts.v1.EdgesChanged;
import relata.graph.broker.Broker;
import relata.graph.generation.Generation;

/**
 * Tells whoever shows progress that edges changed. Advisory: nobody waits for it, and it may be
 * lost. This service owns the stream and makes it whenever it is missing.
 */
@Singleton
public final class EdgesChangedPublisher {
  private static final Logger LOG = Logger.getLogger(EdgesChangedPublisher.class);
  private static final int STREAM_NOT_FOUND = 10059;

  /** A broker that has just started may not answer yet; later tries follow the next failure. */
  private static final int ATTEMPTS = 10;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Broker broker;
  private final int replicas;
  private final AtomicBoolean ensuring = new AtomicBoolean();

  public EdgesChangedPublisher(Broker broker, EdgesConfig config) {
    this.broker = broker;
    this.replicas = config.streamReplicas();
    broker.onConnected(this::ensureStream);
  }

  void publish(Generation generation, long commitSeq, Collection<Long> documentIds) {
    EdgesChanged event =
        EdgesChanged.newBuilder()
            .setTenant(generation.tenant())
            .setCollectionId(generation.collectionId())
            .setGenerationId(generation.id())
            .addAllDocumentIds(documentIds)
            .setCommitSeq(commitSeq)
            .build();
    broker.connection().ifPresent(connection -> publish(connection, event));
  }

  private void publish(Connection connection, EdgesChanged event) {
    try {
      var unused =
          connection
              .jetStream()
              .publishAsync(Subjects.edgesChanged(event.getTenant()), event.toByteArray())
              .whenComplete(
                  (ack, failed) -> {
                    if (failed != null) {
                      notPublished(event, failed);
                    }
                  });
    } catch (IOException | IllegalStateException away) {
      notPublished(event, away);
    }
  }

  private void notPublished(EdgesChanged event, Throwable failed) {
    LOG.warnf(
        "edges changed was not published generation=%d commit=%d reason=%s",
        event.getGenerationId(), event.getCommitSeq(), failed.getMessage());
    // Most likely the broker lost its store.
    Thread.ofVirtual().name("edges-stream").start(this::ensureStream);
  }

  /** Creates the stream, or brings what this service decides about it up to date. */
  private void ensureStream() {
    if (!ensuring.compareAndSet(false, true)) {
      return;
    }
    try {
      for (int attempt = 1; attempt <= ATTEMPTS && !isEnsured(); attempt++) {
        Thread.sleep(RETRY);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      ensuring.set(false);
    }
  }

  /** Done, or nothing to do before the next connect. */
  private boolean isEnsured() {
    Connection connection = broker.connection().orElse(null);
    if (connection == null) {
      return true;
    }
    try {
      ensureStream(connection.jetStreamManagement());
      return true;
    } catch (IOException | JetStreamApiException | IllegalStateException failed) {
      LOG.warnf("stream not ensured stream=%s reason=%s", Streams.EDGES, failed.getMessage());
      return false;
    }
  }

  private void ensureStream(JetStreamManagement management)
      throws IOException, JetStreamApiException {
    try {
      StreamConfiguration current = management.getStreamInfo(Streams.EDGES).getConfiguration();
      // Limits that an operator set are kept.
      management.updateStream(configured(StreamConfiguration.builder(current), replicas));
    } catch (JetStreamApiException failed) {
      if (failed.getApiErrorCode() != STREAM_NOT_FOUND) {
        throw failed;
      }
      management.addStream(
          configured(StreamConfiguration.builder().storageType(StorageType.File), replicas));
    }
  }

  private static StreamConfiguration configured(StreamConfiguration.Builder builder, int replicas) {
    return builder
        .name(Streams.EDGES)
        .subjects(Subjects.EDGES_CHANGED_ALL)
        .maxAge(Streams.MAX_AGE)
        .replicas(replicas)
        .build();
  }
}
