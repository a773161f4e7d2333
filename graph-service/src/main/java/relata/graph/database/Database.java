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
    Duration limit = limit();
    SqlConnection connection = connection();
    try {
      // Not waited for: what the work asks first is sent right behind it.
      Future<Transaction> begun = connection.begin();
      try {
        T result = work.apply(new Session(connection, limit));
        Waiting.on(begun.compose(Transaction::commit), limit);
        return result;
      } catch (RuntimeException failed) {
        rollback(begun);
        throw failed;
      }
    } finally {
      release(connection);
    }
  }

  /**
   * Runs a single statement, which needs no transaction around it.
   *
   * @throws DatabaseException if the database is away or refuses
   */
  public <T> T statement(Function<Session, T> work) {
    Duration limit = limit();
    SqlConnection connection = connection();
    try {
      return work.apply(new Session(connection, limit));
    } finally {
      release(connection);
    }
  }

  private Duration limit() {
    return config.statementTimeout().plus(GRACE);
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

  private static void rollback(Future<Transaction> begun) {
    try {
      Waiting.on(begun.compose(Transaction::rollback), GRACE);
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
