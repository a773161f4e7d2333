package relata.worker.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events leave the outbox. */
@ConfigMapping(prefix = "relata.outbox")
interface OutboxConfig {
  /** How often to look for events whose commit was not heard of, such as a crashed process's. */
  @WithDefault("250ms")
  Duration poll();

  /** Events published together, in one transaction; more are faster, fewer hold it shorter. */
  @WithDefault("256")
  int batchSize();

  /** How long the broker may take to confirm them; what it has not is published again. */
  @WithDefault("2s")
  Duration confirmWithin();

  /** How long to wait after a failure. */
  @WithDefault("1s")
  Duration retryDelay();

  /** Copies that a NATS cluster keeps of the stream; 1 is all that a single server can have. */
  @WithDefault("1")
  int streamReplicas();
}
