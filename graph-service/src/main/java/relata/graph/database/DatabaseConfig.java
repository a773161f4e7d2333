package relata.graph.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the database may take before the work is given up and tried again later. */
@ConfigMapping(prefix = "relata.database")
public interface DatabaseConfig {
  /**
   * One statement. Longer helps a slow disk through a big delete; shorter frees a thread sooner
   * when the server hangs.
   */
  @WithDefault("PT30S")
  Duration statementTimeout();

  /**
   * Waiting for another replica's commit of edges. Shorter than a statement, longer than a commit
   * of a full batch.
   */
  @WithDefault("PT20S")
  Duration lockTimeout();

  /**
   * Silence between two statements of a transaction, while the similarities are computed. The
   * server ends a transaction that is silent for longer, so that a replica that hangs does not keep
   * the others from committing.
   */
  @WithDefault("PT60S")
  Duration idleTimeout();

  /** Waiting for a free connection of the pool. */
  @WithDefault("PT10S")
  Duration connectionTimeout();
}
