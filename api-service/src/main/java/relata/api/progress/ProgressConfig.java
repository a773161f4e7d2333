package relata.api.progress;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Live progress of collections, as server-sent events. */
@ConfigMapping(prefix = "relata.progress")
public interface ProgressConfig {
  /**
   * How often a collection is looked at while somebody listens to it: one count of its documents
   * for all listeners.
   */
  @WithDefault("1s")
  Duration interval();

  /**
   * The pause after a look is at least so many times as long as the look took, so that counting a
   * large collection (about 150 ms for 100,000 documents) never takes more than a tenth of a
   * processor of the database, however many collections are large.
   */
  @WithDefault("9")
  int restFactor();

  /** How long a look may take; one that takes longer is given up and counts as slow. */
  @WithDefault("10s")
  Duration lookLimit();

  /** How often something is sent when nothing changes, so that proxies keep the connection. */
  @WithDefault("15s")
  Duration heartbeat();

  /**
   * A listener that has taken nothing for so long is disconnected; it may connect again. Each holds
   * a connection and at most one event that waits for it.
   */
  @WithDefault("60s")
  Duration stalledAfter();

  /** Most listeners of this process; what comes beyond is answered with 503. */
  @WithDefault("200")
  int maxListeners();

  /** When a client should come back that found all places taken. */
  @WithDefault("10s")
  Duration retryAfter();
}
