package relata.worker.erase;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import relata.worker.database.Database;
import relata.worker.generation.Generation;
import relata.worker.generation.Generations;
import relata.worker.outbox.FeatureEvent;
import relata.worker.outbox.Outbox;

/**
 * Erases the features of generations that are gone with their collection, and of those that are no
 * longer kept. Which those are is seen from the rows that they left: nothing else says what a
 * deleted collection's generations were.
 */
@Singleton
public final class GenerationErasure {
  private static final Logger LOG = Logger.getLogger(GenerationErasure.class);

  /** Steps from one generation to the next over the primary keys, however many rows each has. */
  private static final String FIND =
      """
      with recursive %s, %s, %s
      select id from (select id from stated union select id from chunked
                      union select id from described
                      union select generation_id from feature.generation_model) found
       where id is not null
         and not exists (
             select from content.generation g
              where g.id = found.id
                and (g.state in ('building', 'active')
                     or g.erase_after is null or g.erase_after > now()))
       order by id
      """
          .formatted(
              steps("stated", "feature.document_state"),
              steps("chunked", "feature.chunk"),
              steps("described", "feature.description"));

  private static final String OWNER =
      """
      select coalesce(c.tenant,
                      (select tenant from feature.chunk where generation_id = $1 limit 1),
                      (select tenant from feature.description where generation_id = $1 limit 1)),
             c.id
        from (select $1::bigint as id) erased
        left join content.generation g using (id)
        left join content.collection c on c.id = g.collection_id
      """;

  private static final String ERASE_STATES =
      """
      delete from feature.document_state
       where generation_id = $1 and document_id in (
             select document_id from feature.document_state where generation_id = $1
              order by document_id limit $2 for update)
      """;

  private static final String ERASE_CHUNKS =
      """
      delete from feature.chunk
       where generation_id = $1 and (document_id, ordinal) in (
             select document_id, ordinal from feature.chunk where generation_id = $1
              order by document_id, ordinal limit $2)
      """;

  private static final String ERASE_DESCRIPTIONS =
      """
      delete from feature.description
       where generation_id = $1 and (document_id, fingerprint) in (
             select document_id, fingerprint from feature.description where generation_id = $1
              order by document_id, fingerprint limit $2)
      """;

  private static final String FORGET_MODELS =
      "delete from feature.generation_model where generation_id = $1";

  /** States first: who is storing holds their rows, and what it wrote is seen afterwards. */
  private static final List<String> ERASE = List.of(ERASE_STATES, ERASE_CHUNKS, ERASE_DESCRIPTIONS);

  /** Of a generation that this process never saw and that left no text. */
  private static final String UNKNOWN_TENANT = "unknown";

  private final Database database;
  private final Outbox outbox;
  private final Generations generations;
  private final EraseConfig config;
  private final ReentrantLock erasing = new ReentrantLock();

  GenerationErasure(Database database, Outbox outbox, Generations generations, EraseConfig config) {
    this.database = database;
    this.outbox = outbox;
    this.generations = generations;
    this.config = config;
  }

  /** Erases every generation that is gone or no longer kept; one caller at a time. */
  public void gone() {
    erasing.lock();
    try {
      List<Long> ids = new ArrayList<>();
      for (Row row : database.run(FIND, Tuple.tuple())) {
        ids.add(row.getLong(0));
      }
      ids.forEach(this::erase);
    } finally {
      erasing.unlock();
    }
  }

  private void erase(long id) {
    FeatureEvent event = event(id);
    ERASE.forEach(sql -> pages(sql, id));
    database.transaction(
        transaction -> {
          // All once more: a store that held its row when they went by is over by now.
          Tuple rest = Tuple.of(id, Integer.MAX_VALUE);
          ERASE.forEach(sql -> transaction.run(sql, rest));
          transaction.run(FORGET_MODELS, Tuple.of(id));
          outbox.add(transaction, List.of(event));
          return event;
        });
    outbox.committed();
    LOG.infof("features erased generation=%d", id);
  }

  private void pages(String sql, long id) {
    Tuple page = Tuple.of(id, config.pageSize());
    int erased;
    do {
      erased = database.run(sql, page).rowCount();
    } while (erased == config.pageSize());
  }

  private FeatureEvent event(long id) {
    Optional<Generation> remembered = generations.remembered(id);
    Row stored = database.run(OWNER, Tuple.of(id)).iterator().next();
    String tenant = stored.getString(0);
    Long collection = stored.getLong(1);
    return FeatureEvent.erased(
        tenant != null ? tenant : remembered.map(Generation::tenant).orElse(UNKNOWN_TENANT),
        collection != null ? collection : remembered.map(Generation::collectionId).orElse(0L),
        id);
  }

  private static String steps(String name, String table) {
    return """
           %1$s (id) as (
             select min(generation_id) from %2$s
             union all
             select (select min(generation_id) from %2$s where generation_id > %1$s.id)
               from %1$s where %1$s.id is not null)"""
        .formatted(name, table);
  }
}
