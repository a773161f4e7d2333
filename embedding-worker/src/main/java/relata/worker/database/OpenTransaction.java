package relata.worker.database;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * A transaction whose statements are on their way one behind the other. PostgreSQL answers them in
 * order, so that begin and commit cost no wait of their own.
 */
final class OpenTransaction implements Transaction {
  private final Database database;
  private final SqlConnection connection;
  private final List<Future<RowSet<Row>>> sent = new ArrayList<>();

  OpenTransaction(Database database, SqlConnection connection) {
    this.database = database;
    this.connection = connection;
    sent.add(connection.query("begin").execute());
  }

  @Override
  public RowSet<Row> run(String sql, Tuple values) {
    return database.run(connection, sql, values);
  }

  @Override
  public void send(String sql, Tuple values) {
    Database.requireGoing();
    sent.add(connection.preparedQuery(sql).execute(values));
  }

  /** The first that failed tells why: PostgreSQL undoes everything at a commit after it. */
  void commit() {
    sent.add(connection.query("commit").execute());
    sent.forEach(database::await);
  }

  /** Not awaited: it is queued before the connection goes back. */
  void rollback() {
    connection.query("rollback").execute();
  }
}
