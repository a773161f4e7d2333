package relata.worker.database;

import io.vertx.pgclient.PgException;
import java.util.Set;

/** A statement that did not go through. */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Connection, transaction rollback, resources, operator's intervention. */
  private static final Set<String> PASSING = Set.of("08", "25", "40", "53", "57", "55");

  private final boolean outage;

  DatabaseException(String message, Throwable cause) {
    super(message, cause);
    this.outage =
        !(cause instanceof PgException error)
            || error.getSqlState() == null
            || PASSING.contains(error.getSqlState().substring(0, 2));
  }

  /** Whether the same statement may succeed later; else it is the statement or its values. */
  public boolean isOutage() {
    return outage;
  }
}
