package relata.worker.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events are pulled. */
@ConfigMapping(prefix = "relata.intake")
interface IntakeConfig {
  /** How long one pull waits for an event; it is also how soon a lost consumer is noticed. */
  @WithDefault("2s")
  Duration pullWait();

  /**
   * After how long without a sign of life an event is given to another replica. A batch at work
   * gives one every third of it.
   */
  @WithDefault("30s")
  Duration ackWait();

  /** Events in work over all replicas; it must be above replicas × batches × batch size. */
  @WithDefault("1024")
  int maxAckPending();

  /** How long to wait after a failure before the next pull, or before the event comes again. */
  @WithDefault("1s")
  Duration retryDelay();
}
