package relata.worker.erase;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import relata.worker.database.Database;
import relata.worker.generation.Generation;
import relata.worker.generation.Generations;
import relata.worker.outbox.FeatureEvent;
import relata.worker.outbox.Outbox;

/**
 * Erases generations that are gone with their collection. Which those are is seen from the rows
 * that they left: nothing else says what a deleted collection's generations were.
 */
@Singleton
public final class GenerationErasure {
  private static final Logger LOG = Logger.getLogger(GenerationErasure.class);

  /** Steps from one generation to the next over the primary keys, however many rows each has. */
  private static final String FIND =
      """
      with recursive stated (id) as (
        select min(generation_id) from feature.document_state
        union all
        select (select min(generation_id) from feature.document_state
                 where generation_id > stated.id)
          from stated where stated.id is not null),
      chunked (id) as (
        select min(generation_id) from feature.chunk
        union all
        select (select min(generation_id) from feature.chunk where generation_id > chunked.id)
          from chunked where chunked.id is not null)
      select id from (select id from stated union select id from chunked) found
       where id is not null and not exists (select from content.generation g where g.id = found.id)
       order by id
      """;

  private static final String TENANT =
      "select tenant from feature.chunk where generation_id = $1 limit 1";

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

  /** Of a generation that this process never saw and that left no chunk. */
  private static final String UNKNOWN_TENANT = "unknown";

  private final Database database;
  private final Outbox outbox;
  private final Generations generations;
  private final EraseConfig config;

  GenerationErasure(Database database, Outbox outbox, Generations generations, EraseConfig config) {
    this.database = database;
    this.outbox = outbox;
    this.generations = generations;
    this.config = config;
  }

  /** Erases every generation that is gone. */
  public void gone() {
    List<Long> ids = new ArrayList<>();
    for (Row row : database.run(FIND, Tuple.tuple())) {
      ids.add(row.getLong(0));
    }
    ids.forEach(this::erase);
  }

  private void erase(long id) {
    FeatureEvent event = event(id);
    pages(ERASE_STATES, id);
    pages(ERASE_CHUNKS, id);
    database.transaction(
        transaction -> {
          // Both once more: a store that held its row when they went by is over by now.
          Tuple rest = Tuple.of(id, Integer.MAX_VALUE);
          transaction.run(ERASE_STATES, rest);
          transaction.run(ERASE_CHUNKS, rest);
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
    return generations
        .remembered(id)
        .map(Generation::collectionId)
        .map(collection -> FeatureEvent.erased(tenant(id), collection, id))
        .orElseGet(() -> FeatureEvent.erased(tenant(id), 0, id));
  }

  private String tenant(long id) {
    return generations.remembered(id).map(Generation::tenant).orElseGet(() -> storedTenant(id));
  }

  private String storedTenant(long id) {
    for (Row row : database.run(TENANT, Tuple.of(id))) {
      return row.getString(0);
    }
    return UNKNOWN_TENANT;
  }
}
