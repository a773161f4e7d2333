package relata.api.problem;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import org.hibernate.QueryTimeoutException;

/** Tells an absent database from a bug: the first is answered with 503, and trying again helps. */
public final class DatabaseFailures {
  /** Causes of causes are followed this far, so that a cycle ends. */
  private static final int MAX_DEPTH = 16;

  private DatabaseFailures() {}

  /** Whether the failure, or one that it comes from, is a database that cannot be reached. */
  public static boolean isAway(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      if (isConnectionLoss(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isConnectionLoss(Throwable cause) {
    return switch (cause) {
      case PgException refused -> isShutdownOrOverload(refused.getSqlState());
      // A session puts its own in the place of the driver's.
      case QueryTimeoutException late -> true;
      case ClosedConnectionException closed -> true;
      case SocketException unreachable -> true;
      case UnknownHostException unreachable -> true;
      case ClosedChannelException broken -> true;
      case ConnectionPoolTooBusyException overloaded -> true;
      case TimeoutException late -> true;
      // How the pool says that no connection came free in time.
      case NoStackTraceThrowable timeout -> String.valueOf(timeout.getMessage()).contains("imeout");
      default -> false;
    };
  }

  /**
   * SQLSTATE classes 08 connection, 53 resources, 57P operator intervention; 57014 and 25P03 are
   * time limits of statements and transactions.
   */
  private static boolean isShutdownOrOverload(String state) {
    return state != null
        && (state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57P")
            || state.equals("57014")
            || state.equals("25P03"));
  }
}
