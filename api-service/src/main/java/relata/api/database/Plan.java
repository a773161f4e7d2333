package relata.api.database;

import io.vertx.sqlclient.PrepareOptions;

/** How a statement is planned. */
public final class Plan {
  /**
   * Once a connection, whatever the values and however small the tables are then. For statements
   * that are asked all the time, to which planning is the larger part, and that find a few rows by
   * keys whichever index is taken: one that is chosen for an empty table stays until the table is
   * analyzed. Only for statements that the tenants' pool is given, outside of transactions.
   */
  public static final PrepareOptions KEPT = new PrepareOptions();

  private Plan() {}
}
