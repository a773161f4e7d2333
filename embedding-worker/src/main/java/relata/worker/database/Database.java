package relata.worker.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The reactive client, awaited: for code on virtual threads, where waiting costs nothing and a flow
 * of many steps reads from top to bottom.
 */
@Singleton
public final class Database implements Statements {
  private static final String STOPPED = "Stopped while working with PostgreSQL.";

  private final Pool pool;
  private final DatabaseConfig config;

  Database(Pool pool, DatabaseConfig config) {
    this.pool = pool;
    this.config = config;
  }

  @Override
  public RowSet<Row> run(String sql, Tuple values) {
    return run(pool, sql, values);
  }

  /**
   * Runs statements in one transaction, which is rolled back when the work throws.
   *
   * @throws DatabaseException also when the commit's outcome is not known
   */
  public <T> T transaction(Function<Transaction, T> work) {
    Future<SqlConnection> acquired = pool.getConnection();
    SqlConnection connection;
    try {
      connection = await(acquired);
    } catch (DatabaseException notAcquired) {
      // It may still come, and nobody else would give it back.
      acquired.onSuccess(SqlConnection::close);
      throw notAcquired;
    }
    try {
      OpenTransaction transaction = new OpenTransaction(this, connection);
      T result;
      try {
        result = work.apply(transaction);
      } catch (RuntimeException | Error failed) {
        transaction.rollback();
        throw failed;
      }
      transaction.commit();
      return result;
    } finally {
      connection.close();
    }
  }

  /** Whoever is told to stop must not send what it would not wait for. */
  static void requireGoing() {
    if (Thread.currentThread().isInterrupted()) {
      throw new DatabaseException(STOPPED, null);
    }
  }

  RowSet<Row> run(SqlClient client, String sql, Tuple values) {
    requireGoing();
    return await(client.preparedQuery(sql).execute(values));
  }

  <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(config.limit().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      throw new DatabaseException(String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException late) {
      throw new DatabaseException("PostgreSQL did not answer in " + config.limit() + ".", late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new DatabaseException(STOPPED, stopped);
    }
  }
}
