package relata.graph.testing;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.contracts.v1.FeaturesChanged;

/** Plays embedding-worker: makes its stream and publishes its events. */
public final class FeatureEvents {
  private FeatureEvents() {}

  public static void createStream(Connection nats) throws IOException, JetStreamApiException {
    var unused =
        nats.jetStreamManagement()
            .addStream(
                StreamConfiguration.builder()
                    .name(Streams.FEATURES)
                    .subjects(Subjects.FEATURES_CHANGED_ALL)
                    .storageType(StorageType.File)
                    .build());
  }

  /** Tells that the features of a document were stored or erased; 0 for the whole generation. */
  public static void publish(Connection nats, Fixture.Generation generation, long documentId)
      throws IOException, JetStreamApiException {
    var unused =
        nats.jetStream()
            .publish(
                Subjects.featuresChanged("default"),
                FeaturesChanged.newBuilder()
                    .setTenant("default")
                    .setCollectionId(generation.collectionId())
                    .setGenerationId(generation.id())
                    .setDocumentId(documentId)
                    .build()
                    .toByteArray());
  }
}
