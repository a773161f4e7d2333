package relata.api.outbox;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows the outbox on the health page and is never down: writes are complete once they are in the
 * database, so a broker that is away is no reason to take them elsewhere.
 */
@Readiness
@Singleton
final class OutboxHealth implements HealthCheck {
  private final NatsLink nats;
  private final OutboxLag lag;

  OutboxHealth(NatsLink nats, OutboxLag lag) {
    this.nats = nats;
    this.lag = lag;
  }

  @Override
  public HealthCheckResponse call() {
    OutboxLag.Lag last = lag.last();
    return HealthCheckResponse.named("outbox")
        .up()
        .withData("nats", nats.status())
        .withData("pending", last.pending())
        .withData("oldestSeconds", String.valueOf(last.oldestSeconds()))
        .build();
  }
}
