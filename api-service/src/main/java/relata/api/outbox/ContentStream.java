package relata.api.outbox;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import jakarta.inject.Singleton;
import java.io.IOException;
import relata.contracts.Streams;
import relata.contracts.Subjects;

/** The stream that this service publishes to, and therefore creates and keeps up to date. */
@Singleton
final class ContentStream {
  /** JetStream's error code for a stream that is not there. */
  private static final int STREAM_NOT_FOUND = 10059;

  private final StreamConfiguration configuration;

  ContentStream(OutboxConfig config) {
    this.configuration =
        StreamConfiguration.builder()
            .name(Streams.CONTENT)
            .subjects(Subjects.CONTENT_CHANGED_ALL)
            .storageType(StorageType.File)
            .retentionPolicy(RetentionPolicy.Limits)
            .maxAge(Streams.MAX_AGE)
            .replicas(config.streamReplicas())
            .build();
  }

  /** Creates the stream, or brings the one that is there to our configuration. */
  void ensure(Connection nats) throws IOException, JetStreamApiException {
    JetStreamManagement management = nats.jetStreamManagement();
    try {
      management.updateStream(configuration);
    } catch (JetStreamApiException refused) {
      if (refused.getApiErrorCode() != STREAM_NOT_FOUND) {
        throw refused;
      }
      // Several replicas may do so at once: creating what is there alike is no error.
      management.addStream(configuration);
    }
  }
}
