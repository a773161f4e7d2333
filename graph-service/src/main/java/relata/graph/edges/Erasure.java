package relata.graph.edges;

import java.util.List;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.generation.GenerationTable;

/**
 * Erases the rows of a generation that was deleted. In bounded statements, each a transaction of
 * its own: whatever is left after a crash is found again by the sweep, because the row of
 * graph.generation goes last.
 */
final class Erasure {
  private static final Logger LOG = Logger.getLogger(Erasure.class);
  private static final List<String> TABLES = List.of("neighbor", "node", "commit_log");

  private static final String ERASE =
      """
      delete from graph.%1$s where ctid = any(array(
        select ctid from graph.%1$s where generation_id = $1 limit $2))
      """;

  private static final String FORGET = "delete from graph.generation where generation_id = $1";

  private final Database database;
  private final int rows;

  Erasure(Database database, int rows) {
    this.database = database;
    this.rows = rows;
  }

  boolean eraseIfGone(long generationId) {
    boolean exists =
        database.transaction(session -> GenerationTable.find(session, generationId).isPresent());
    if (exists) {
      return false;
    }
    int erased = 0;
    for (String table : TABLES) {
      erased += eraseAll(ERASE.formatted(table), generationId);
    }
    // Under the lock that commits take, and once more, for the commit that held it meanwhile.
    erased +=
        database.transaction(
            session -> {
              new CommitLog(session, generationId).lock();
              int last = 0;
              for (String table : TABLES) {
                last += session.query(ERASE.formatted(table), generationId, rows).rowCount();
              }
              return last + session.query(FORGET, generationId).rowCount();
            });
    if (erased > 0) {
      LOG.infof("generation erased generation=%d rows=%d", generationId, erased);
    }
    return true;
  }

  private int eraseAll(String sql, long generationId) {
    int erased = 0;
    int now;
    do {
      now = database.transaction(session -> session.query(sql, generationId, rows).rowCount());
      erased += now;
    } while (now == rows);
    return erased;
  }
}
