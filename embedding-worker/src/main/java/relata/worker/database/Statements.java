package relata.worker.database;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Where a statement can be run: on its own or inside a transaction. */
@FunctionalInterface
public interface Statements {
  /**
   * Runs one statement and waits for its rows.
   *
   * @throws DatabaseException when it fails or takes longer than the configured limit
   */
  RowSet<Row> run(String sql, Tuple values);
}
