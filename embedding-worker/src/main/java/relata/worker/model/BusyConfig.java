package relata.worker.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a model server without room is left alone. */
@ConfigMapping(prefix = "relata.busy")
interface BusyConfig {
  /**
   * The first wait after a refusal that named none; it doubles with every further one. Shorter
   * finds a restarted server sooner, longer spares a drowning one.
   */
  @WithDefault("1s")
  Duration first();

  /** The shortest wait, also of one that the server asked for: "0" must not become a busy loop. */
  @WithDefault("200ms")
  Duration shortest();

  /**
   * The longest wait, also of one that the server asked for: a server that says "an hour" must not
   * stop us when it was a mistake.
   */
  @WithDefault("30s")
  Duration longest();
}
