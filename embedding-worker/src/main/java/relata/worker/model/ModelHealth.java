package relata.worker.model;

import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows how the models were met last. Always up: without it the worker still erases, counts and
 * answers, and no restart brings it back.
 */
@Readiness
@Singleton
final class ModelHealth implements HealthCheck {
  private final Breakers breakers;

  ModelHealth(Breakers breakers) {
    this.breakers = breakers;
  }

  @Override
  public HealthCheckResponse call() {
    Map<String, String> reasons = breakers.reasons();
    HealthCheckResponseBuilder health =
        HealthCheckResponse.named("model-server")
            .up()
            .withData("state", reasons.isEmpty() ? "ok" : "some models are left alone");
    reasons.forEach(health::withData);
    return health.build();
  }
}
