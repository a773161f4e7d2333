package relata.worker.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is remembered of the models that features come from. */
@ConfigMapping(prefix = "relata.identity")
public interface IdentityConfig {
  /** Generations kept in memory, a few hundred bytes each; another costs a small query a batch. */
  @WithDefault("1000")
  int cacheSize();

  /**
   * How long documents wait whose model was exchanged under its name. Shorter is back sooner once
   * the old one is pulled again, longer spares a write for each of the documents that wait.
   */
  @WithDefault("5m")
  Duration changedWait();
}
