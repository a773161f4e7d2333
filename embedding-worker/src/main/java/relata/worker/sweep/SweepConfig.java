package relata.worker.sweep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often everything is looked at. */
@ConfigMapping(prefix = "relata.sweep")
interface SweepConfig {
  /**
   * How often; it is how late a change can be whose event was lost. A sweep reads an index entry of
   * every document and its state.
   */
  @WithDefault("60s")
  Duration every();

  /** Ids read in one query; between two of them, tries that became due go first. */
  @WithDefault("500")
  int pageSize();

  /** How long to wait after a failure. */
  @WithDefault("5s")
  Duration retryDelay();
}
