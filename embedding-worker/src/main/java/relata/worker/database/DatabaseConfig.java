package relata.worker.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits on waiting for PostgreSQL. */
@ConfigMapping(prefix = "relata.database")
interface DatabaseConfig {
  /**
   * How long one statement, or a free connection, is waited for. It must be shorter than a claim's
   * lease, and longer than the slowest page of a sweep.
   */
  @WithDefault("20s")
  Duration limit();
}
