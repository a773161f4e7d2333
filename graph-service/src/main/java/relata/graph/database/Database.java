package relata.graph.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Transactions on the reactive client, for virtual threads that wait. */
@Singleton
public final class Database {
  private static final Logger LOG = Logger.getLogger(Database.class);

  /** How much longer than the server's own limit a thread waits for the server to say so. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final String LIMITS =
      """
      select set_config('statement_timeout', $1, true), set_config('lock_timeout', $2, true),
             set_config('idle_in_transaction_session_timeout', $3, true)
      """;

  private final Pool pool;
  private final DatabaseConfig config;

  public Database(Pool pool, DatabaseConfig config) {
    this.pool = pool;
    this.config = config;
  }

  /**
   * Runs the work in a transaction (read committed): committed when it returns, rolled back when it
   * throws.
   *
   * @throws DatabaseException if the database is away or refuses
   */
  public <T> T transaction(Function<Session, T> work) {
    Duration limit = config.statementTimeout().plus(GRACE);
    SqlConnection connection = connection();
    try {
      Transaction transaction = Waiting.on(connection.begin(), limit);
      try {
        Session session = new Session(connection, limit);
        session.query(
            LIMITS,
            milliseconds(config.statementTimeout()),
            milliseconds(config.lockTimeout()),
            milliseconds(config.idleTimeout()));
        T result = work.apply(session);
        Waiting.on(transaction.commit(), limit);
        return result;
      } catch (RuntimeException failed) {
        rollback(transaction);
        throw failed;
      }
    } finally {
      release(connection);
    }
  }

  private SqlConnection connection() {
    Future<SqlConnection> future = pool.getConnection();
    try {
      return Waiting.on(future, config.connectionTimeout());
    } catch (DatabaseException late) {
      // It may still come, and nobody would give it back.
      future.onSuccess(Database::release);
      throw late;
    }
  }

  private static String milliseconds(Duration duration) {
    return duration.toMillis() + "ms";
  }

  private static void rollback(Transaction transaction) {
    try {
      Waiting.on(transaction.rollback(), GRACE);
    } catch (DatabaseException lost) {
      // The server rolls back by itself when the connection ends; the first cause is thrown.
      LOG.debugf("rollback failed reason=%s", lost.getMessage());
    }
  }

  private static void release(SqlConnection connection) {
    connection
        .close()
        .onFailure(lost -> LOG.debugf("closing a connection failed reason=%s", lost.getMessage()));
  }
}
