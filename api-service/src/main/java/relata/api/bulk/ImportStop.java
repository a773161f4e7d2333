package relata.api.bulk;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Whether imports have to end because the process does. They go on for as long as a shutdown waits
 * for requests, but for what waiting for a piece and storing it may take, a third of it at most:
 * whoever is not through by then is told so, instead of being cut off.
 */
@Singleton
final class ImportStop {
  private final Duration goOn;
  private volatile boolean isStopping;
  private volatile long dueNanos;

  ImportStop(
      BulkConfig config,
      @ConfigProperty(name = "quarkus.http.read-timeout") Duration readTimeout,
      @ConfigProperty(name = "quarkus.shutdown.timeout") Duration shutdownTimeout) {
    Duration piece = readTimeout.plus(config.batchTimeout());
    Duration third = shutdownTimeout.dividedBy(3);
    goOn = shutdownTimeout.minus(piece.compareTo(third) < 0 ? piece : third);
  }

  void begin(@Observes ShutdownDelayInitiatedEvent stopping) {
    dueNanos = System.nanoTime() + goOn.toNanos();
    isStopping = true;
  }

  boolean isDue() {
    return isStopping && System.nanoTime() - dueNanos >= 0;
  }
}
