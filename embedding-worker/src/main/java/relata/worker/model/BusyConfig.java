package relata.worker.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a model without room, or one that does not answer, is left alone. */
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

  /** Calls in a row that time out or break before the model is left alone. */
  @WithDefault("5")
  int failures();

  /**
   * How long the one call may take that finds out whether the model answers again, before another
   * may; longer than the model needs to be loaded.
   */
  @WithDefault("150s")
  Duration trial();

  /** Models remembered; each takes a hundred bytes. */
  @WithDefault("200")
  int models();
}
