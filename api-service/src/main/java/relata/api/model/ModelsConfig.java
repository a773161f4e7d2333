package relata.api.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Questions about models, which embedding-worker answers over NATS. */
@ConfigMapping(prefix = "relata.models")
public interface ModelsConfig {
  /**
   * How long a worker may take to answer. It asks the model server for two lists, one after the
   * other, for up to its own {@code relata.models.list-limit} each: what waits for less blames a
   * worker for a server that is silent. That no worker is there is known at once, without waiting.
   */
  @WithDefault("5s")
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
