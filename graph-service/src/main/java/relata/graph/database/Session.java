package relata.graph.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** One transaction or statement, used by one thread. */
public final class Session {
  private static final Logger LOG = Logger.getLogger(Session.class);

  private final SqlConnection connection;
  private final Duration limit;

  Session(SqlConnection connection, Duration limit) {
    this.connection = connection;
    this.limit = limit;
  }

  /** Runs a statement, waits for it, and holds all its rows in memory. */
  public RowSet<Row> query(String sql, Object... arguments) {
    return send(sql, arguments).get();
  }

  /**
   * Sends a statement without waiting for it: several that need nothing of each other's answers are
   * one way to the server and back. They are run in this order, and what fails makes those behind
   * it fail.
   *
   * @return waits for its answer; to be asked before the transaction ends, because nobody else
   *     learns that it failed
   */
  public Supplier<RowSet<Row>> send(String sql, Object... arguments) {
    Future<RowSet<Row>> answer = connection.preparedQuery(sql).execute(tuple(arguments));
    return () -> Waiting.on(answer, limit);
  }

  /** Runs a query and holds no more than {@code page} of its rows in memory. */
  public void forEach(String sql, int page, Consumer<Row> action, Object... arguments) {
    PreparedStatement statement = Waiting.on(connection.prepare(sql), limit);
    Cursor cursor = statement.cursor(tuple(arguments));
    do {
      Waiting.on(cursor.read(page), limit).forEach(action);
    } while (cursor.hasMore());
    // Whatever is sent next comes behind them, so nobody has to wait.
    cursor.close().onFailure(Session::lost);
    statement.close().onFailure(Session::lost);
  }

  /** The transaction fails by the same cause. */
  private static void lost(Throwable cause) {
    LOG.debugf("closing a statement failed reason=%s", cause.getMessage());
  }

  /** Not {@code Tuple.of}, which takes a last argument that is an array apart. */
  private static Tuple tuple(Object[] arguments) {
    return Tuple.wrap(Arrays.asList(arguments));
  }
}
