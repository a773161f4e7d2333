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

  /**
   * The shortest time between two counts for the metrics while documents are pending; shorter shows
   * progress sooner.
   */
  @WithDefault("5s")
  Duration countEvery();

  /** A count waits for so many times as long as the last one took: 50 is 2 % of one connection. */
  @WithDefault("50")
  int countShare();

  /** Ids read in one query. */
  @WithDefault("500")
  int pageSize();

  /** How long to wait after a failure. */
  @WithDefault("5s")
  Duration retryDelay();
}
