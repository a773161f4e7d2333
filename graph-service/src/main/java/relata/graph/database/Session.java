package relata.graph.database;

import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/** One transaction, used by one thread; every call waits for its answer. */
public final class Session {
  private final SqlConnection connection;
  private final Duration limit;

  Session(SqlConnection connection, Duration limit) {
    this.connection = connection;
    this.limit = limit;
  }

  /** Runs a statement and holds all its rows in memory. */
  public RowSet<Row> query(String sql, Object... arguments) {
    return Waiting.on(connection.preparedQuery(sql).execute(tuple(arguments)), limit);
  }

  /** Runs a query and holds no more than {@code page} of its rows in memory. */
  public void forEach(String sql, int page, Consumer<Row> action, Object... arguments) {
    PreparedStatement statement = Waiting.on(connection.prepare(sql), limit);
    Cursor cursor = statement.cursor(tuple(arguments));
    do {
      Waiting.on(cursor.read(page), limit).forEach(action);
    } while (cursor.hasMore());
    Waiting.on(cursor.close(), limit);
    Waiting.on(statement.close(), limit);
  }

  /** Not {@code Tuple.of}, which takes a last argument that is an array apart. */
  private static Tuple tuple(Object[] arguments) {
    return Tuple.wrap(Arrays.asList(arguments));
  }
}
