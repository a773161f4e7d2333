package relata.graph.edges;

import java.util.List;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.database.Session;
import relata.graph.generation.GenerationTable;

/**
 * Erases the rows of a generation that was deleted, or is no longer kept. In bounded statements,
 * most of them a transaction of their own: whatever is left after a crash is found again by the
 * sweep, and the row of graph.generation, which commits lock, goes last.
 */
final class Erasure {
  private static final Logger LOG = Logger.getLogger(Erasure.class);
  private static final List<String> TABLES =
      List.of(
          "neighbor",
          "node",
          "commit_log",
          "query_sample",
          "index_setting",
          "tuning_trial",
          "tuning_run");

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
      erased += erase(table, generationId);
    }
    // Under the lock that commits take, and once more, for the commit that held it meanwhile: all
    // that it wrote, because nobody can lock the generation afterwards.
    erased +=
        database.transaction(
            session -> {
              var unused = new CommitLog(session, generationId).take();
              int last = 0;
              for (String table : TABLES) {
                last += all(() -> erase(session, table, generationId));
              }
              return last + session.query(FORGET, generationId).rowCount();
            });
    if (erased > 0) {
      LOG.infof("generation erased generation=%d rows=%d", generationId, erased);
    }
    return true;
  }

  private int erase(String table, long generationId) {
    return all(() -> database.transaction(session -> erase(session, table, generationId)));
  }

  private int erase(Session session, String table, long generationId) {
    return session.query(ERASE.formatted(table), generationId, rows).rowCount();
  }

  private int all(IntSupplier statement) {
    int erased = 0;
    int now;
    do {
      now = statement.getAsInt();
      erased += now;
    } while (now == rows);
    return erased;
  }
}
