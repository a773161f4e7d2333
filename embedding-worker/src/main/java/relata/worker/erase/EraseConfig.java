package relata.worker.erase;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much is erased at once. */
@ConfigMapping(prefix = "relata.erase")
interface EraseConfig {
  /** Rows in one transaction: more are faster, fewer hold locks and write-ahead log shorter. */
  @WithDefault("2000")
  int pageSize();
}
