package relata.worker.model;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows how the model server was met last. Always up: without it the worker still erases, counts
 * and answers, and no restart brings it back.
 */
@Readiness
@Singleton
final class ModelHealth implements HealthCheck {
  private final Breaker breaker;

  ModelHealth(Breaker breaker) {
    this.breaker = breaker;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("model-server")
        .up()
        .withData("state", breaker.reason().map(reason -> "busy: " + reason).orElse("ok"))
        .build();
  }
}
