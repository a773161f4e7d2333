package relata.worker.database;

import io.vertx.sqlclient.Tuple;

/** Statements that come into force together. */
public interface Transaction extends Statements {
  /**
   * Runs a statement whose rows nobody needs, without waiting for it: the commit does, and fails if
   * it failed. What follows is on its way behind it at once.
   */
  void send(String sql, Tuple values);
}
