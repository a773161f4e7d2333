package relata.api.database;

import io.quarkus.logging.LoggingFilter;
import java.util.Arrays;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Drops one harmless complaint: Vert.x's pool leaves the timer of {@link
 * DatabaseConfig#waitTimeout()} running when a connection fails before it, and the timer then finds
 * its work done. While the database is away that would be a stack trace a request.
 */
@LoggingFilter(name = "pool-timer")
final class PoolTimerFilter implements Filter {
  private static final String POOL = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";

  @Override
  public boolean isLoggable(LogRecord record) {
    return !(record.getThrown() instanceof IllegalStateException late
        && Arrays.stream(late.getStackTrace())
            .limit(2)
            .anyMatch(frame -> POOL.equals(frame.getClassName())));
  }
}
