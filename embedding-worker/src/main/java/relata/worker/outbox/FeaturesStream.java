package relata.worker.outbox;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import org.jboss.logging.Logger;
import relata.contracts.Streams;
import relata.contracts.Subjects;

/** The stream that this service publishes to, and therefore creates and keeps up to date. */
final class FeaturesStream {
  private static final Logger LOG = Logger.getLogger(FeaturesStream.class);
  private static final int STREAM_NOT_FOUND = 10059;

  private FeaturesStream() {}

  static void ensure(JetStreamManagement management, int replicas)
      throws IOException, JetStreamApiException {
    StreamConfiguration configuration =
        StreamConfiguration.builder()
            .name(Streams.FEATURES)
            .subjects(Subjects.FEATURES_CHANGED_ALL)
            .storageType(StorageType.File)
            .retentionPolicy(RetentionPolicy.Limits)
            .maxAge(Streams.MAX_AGE)
            .replicas(replicas)
            .build();
    try {
      management.updateStream(configuration);
    } catch (JetStreamApiException refused) {
      if (refused.getApiErrorCode() != STREAM_NOT_FOUND) {
        throw refused;
      }
      management.addStream(configuration);
      LOG.infof("stream created stream=%s", Streams.FEATURES);
    }
  }
}
