package relata.worker.intake;

import io.nats.client.JetStreamApiException;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import relata.contracts.Streams;

/** Whether events can come: the broker itself is asked for the consumer. */
@Readiness
@Singleton
final class ConsumerHealth implements HealthCheck {
  private final ContentConsumer consumer;

  ConsumerHealth(ContentConsumer consumer) {
    this.consumer = consumer;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder health =
        HealthCheckResponse.named("nats-consumer").withData("consumer", Streams.EMBEDDING_WORKER);
    try {
      consumer.check();
      return health.up().build();
    } catch (IOException | JetStreamApiException | IllegalStateException away) {
      return health.down().withData("reason", String.valueOf(away.getMessage())).build();
    }
  }
}
