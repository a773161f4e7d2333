package relata.api.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Questions about models, which embedding-worker answers over NATS. */
@ConfigMapping(prefix = "relata.models")
public interface ModelsConfig {
  /**
   * How long a worker may take to answer. Longer waits for a model server that is slow to say what
   * it has; shorter tells sooner that no worker is there.
   */
  @WithDefault("2s")
  Duration timeout();

  /**
   * Most questions on their way; what comes beyond is answered with 503 at once. They are asked by
   * people and when a generation is made, so few are enough.
   */
  @WithDefault("16")
  int maxRequests();

  /** When a client should come back that found no worker. */
  @WithDefault("2s")
  Duration retryAfter();
}
