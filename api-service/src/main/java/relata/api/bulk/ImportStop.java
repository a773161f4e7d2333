package relata.api.bulk;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whether imports have to end because the process does. They go on for as long as a shutdown waits
 * for requests, but for the time that one transaction may take: whoever is not through by then is
 * told so, instead of being cut off.
 */
@Singleton
final class ImportStop {
  private final Duration goOn;
  private volatile boolean isStopping;
  private volatile long dueNanos;

  ImportStop(
      BulkConfig config,
      @ConfigProperty(name = "quarkus.shutdown.timeout") Duration shutdownTimeout) {
    Duration left = shutdownTimeout.minus(config.batchTimeout());
    goOn = left.isNegative() ? Duration.ZERO : left;
  }

  void begin(@Observes ShutdownDelayInitiatedEvent stopping) {
    dueNanos = System.nanoTime() + goOn.toNanos();
    isStopping = true;
  }

  boolean isDue() {
    return isStopping && System.nanoTime() - dueNanos >= 0;
  }
}
