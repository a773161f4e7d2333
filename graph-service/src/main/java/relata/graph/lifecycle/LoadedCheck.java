package relata.graph.lifecycle;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the indexes are in memory; the database has a check of its own. NATS is told and does
 * not count: without it searches by text, neighbours and the sweep still work.
 */
@Readiness
@Singleton
final class LoadedCheck implements HealthCheck {
  private final GraphService service;

  LoadedCheck(GraphService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("index")
        .status(service.isLoaded())
        .withData("loaded", service.isLoaded())
        .withData("nats", service.isConnected() ? "connected" : "away")
        .build();
  }
}
