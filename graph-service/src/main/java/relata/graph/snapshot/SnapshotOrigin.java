package relata.graph.snapshot;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Optional;
import relata.graph.database.Session;

/**
 * What a snapshot was made from. The marks in it, numbers of transactions, mean something in the
 * history of one database alone, and only as long as the numbers are not given again.
 *
 * @param system the database cluster's identifier, which a cluster made by initdb or restored from
 *     a dump does not share
 * @param database its number in the cluster
 * @param timeline of the write-ahead log: another one begins with a failover or a recovery to a
 *     point in time, after which the numbers of transactions that were lost are given again
 * @param createdAt microseconds since 1970 of when the generation was made
 * @param transaction all transactions with lower numbers had begun; counts on where the numbers of
 *     marks start again
 */
public record SnapshotOrigin(
    long system,
    long database,
    String timeline,
    long generationId,
    long createdAt,
    long transaction) {
  /** Half of the numbers there are. */
  private static final long MEANINGFUL = 1L << 31;

  private static final String READ =
      """
      select (select system_identifier from pg_control_system()) as system,
             (select oid::bigint from pg_database where datname = current_database()) as database,
             substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) as timeline,
             (extract(epoch from created_at) * 1000000)::bigint as created_at,
             pg_snapshot_xmax(pg_current_snapshot())::text::bigint as transaction
        from content.generation where id = $1
      """;

  /**
   * What a snapshot that is made now would be made from.
   *
   * @return nothing if there is no such generation
   * @throws relata.graph.database.DatabaseException also if the role may not ask
   */
  public static Optional<SnapshotOrigin> read(Session session, long generationId) {
    RowSet<Row> rows = session.query(READ, generationId);
    if (rows.size() == 0) {
      return Optional.empty();
    }
    Row row = rows.iterator().next();
    return Optional.of(
        new SnapshotOrigin(
            row.getLong("system"),
            row.getLong("database"),
            row.getString("timeline"),
            generationId,
            row.getLong("created_at"),
            row.getLong("transaction")));
  }

  /** Why what was made from this cannot be compared with what is there now; nothing if it can. */
  Optional<String> objection(SnapshotOrigin now) {
    if (generationId != now.generationId || createdAt != now.createdAt) {
      return Optional.of("it is of another generation");
    }
    if (system != now.system || database != now.database) {
      return Optional.of("it was made from another database");
    }
    if (!timeline.equals(now.timeline)) {
      return Optional.of("the database's history took another way since");
    }
    if (transaction > now.transaction) {
      return Optional.of("the database went back to before it was made");
    }
    return now.transaction - transaction > MEANINGFUL
        ? Optional.of("it is too old")
        : Optional.empty();
  }
}
