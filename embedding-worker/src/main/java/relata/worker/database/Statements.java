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
   * <p>A value that is an array goes in by {@code addValue}: {@code Tuple.of(value, array)} takes
   * the array's elements for further values.
   *
   * @throws DatabaseException when it fails or takes longer than the configured limit
   */
  RowSet<Row> run(String sql, Tuple values);
}
