package relata.worker.intake;

import io.nats.client.JetStreamApiException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import relata.contracts.Streams;
import relata.worker.schedule.Schedule;

/**
 * Whether events can come and be worked on: the broker itself is asked for the consumer, and the
 * loops must have turned lately.
 */
@Readiness
@Singleton
final class ConsumerHealth implements HealthCheck {
  private final ContentConsumer consumer;
  private final Pump pump;
  private final Schedule schedule;
  private final IntakeConfig config;

  ConsumerHealth(ContentConsumer consumer, Pump pump, Schedule schedule, IntakeConfig config) {
    this.consumer = consumer;
    this.pump = pump;
    this.schedule = schedule;
    this.config = config;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder health =
        HealthCheckResponse.named("nats-consumer").withData("consumer", Streams.EMBEDDING_WORKER);
    try {
      var _ = consumer.check();
    } catch (IOException | JetStreamApiException | IllegalStateException away) {
      return health.down().withData("reason", String.valueOf(away.getMessage())).build();
    }
    if (isStuck(pump.sinceTurn()) || isStuck(schedule.sinceTurn())) {
      return health.down().withData("reason", "A loop has not turned lately.").build();
    }
    return health.up().build();
  }

  private boolean isStuck(Duration sinceTurn) {
    return sinceTurn.compareTo(config.turnLimit()) > 0;
  }
}
