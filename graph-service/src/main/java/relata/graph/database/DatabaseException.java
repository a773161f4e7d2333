package relata.graph.database;

/** The database is away, too slow, or refused a statement; the work may be tried again. */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
