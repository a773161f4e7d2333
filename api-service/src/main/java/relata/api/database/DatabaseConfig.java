package relata.api.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a request waits for the database before the client is told that it is away. */
@ConfigMapping(prefix = "relata.database")
public interface DatabaseConfig {
  /** How long opening one connection may take. */
  @WithDefault("2s")
  Duration connectTimeout();

  /**
   * How long a request may wait for a connection of the pool. Longer rides out a burst; shorter
   * answers 503 sooner when the database is away or overloaded.
   */
  @WithDefault("5s")
  Duration waitTimeout();

  /**
   * Longest that the server works at one statement, or waits for a lock in it; then it gives up and
   * the client is answered 503. Longer lets a large collection be deleted; shorter frees
   * connections sooner that a lock or a bad plan holds.
   */
  @WithDefault("5m")
  Duration statementTimeout();

  /**
   * Longest silence within a transaction. The server ends one that is silent for longer, so that a
   * replica which hangs keeps no locks.
   */
  @WithDefault("1m")
  Duration idleTimeout();

  /** Most requests that wait for a connection; what comes beyond is answered with 503 at once. */
  @WithDefault("512")
  int maxWaiting();
}
