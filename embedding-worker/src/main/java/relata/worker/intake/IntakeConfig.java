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
   * After how long without a sign of life an event is given to another replica. One is given every
   * third of it while the event waits or is worked on.
   */
  @WithDefault("30s")
  Duration ackWait();

  /**
   * Events held over all replicas; beyond them the broker delivers none. It must be above replicas
   * × {@code relata.schedule.total}, or a model that hangs keeps other collections' events away.
   */
  @WithDefault("50000")
  int maxAckPending();

  /** Events pulled at once. */
  @WithDefault("256")
  int pullSize();

  /** After how long without a turn of the loops the worker is not ready. */
  @WithDefault("30s")
  Duration turnLimit();

  /** How often the broker is asked how far the consumer is behind, for the meters. */
  @WithDefault("5s")
  Duration lookEvery();

  /** How long to wait after a failure before the next pull, or before the event comes again. */
  @WithDefault("1s")
  Duration retryDelay();
}
