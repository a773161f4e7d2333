package relata.worker.erase;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import relata.worker.database.Database;
import relata.worker.database.Statements;
import relata.worker.outbox.FeatureEvent;
import relata.worker.outbox.Outbox;

/**
 * Erases the features of documents that are gone. It looks at the database whatever an event says:
 * the features of a document that is there are never erased.
 */
@Singleton
public final class Erasure {
  private static final Logger LOG = Logger.getLogger(Erasure.class);

  /**
   * First the states: whoever is storing holds their rows, and what it wrote is seen afterwards.
   */
  private static final String ERASE_STATES =
      """
      with gone as (
        select s.generation_id, s.document_id, c.tenant, c.id as collection_id
          from feature.document_state s
          join content.generation g on g.id = s.generation_id
          join content.collection c on c.id = g.collection_id
         where s.document_id = any($1::bigint[])
           and not exists (select from content.document d where d.id = s.document_id)
         order by 1, 2
           for update of s)
      delete from feature.document_state s
       using gone
       where s.generation_id = gone.generation_id and s.document_id = gone.document_id
      returning gone.generation_id, gone.document_id, gone.tenant, gone.collection_id
      """;

  private static final String ERASE_CHUNKS = eraseFrom("feature.chunk");
  private static final String ERASE_DESCRIPTIONS = eraseFrom("feature.description");

  private record Key(long generationId, long documentId) {}

  private final Database database;
  private final Outbox outbox;

  Erasure(Database database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  /** Erases the features of those of the documents that are gone, under all their generations. */
  public void documents(Collection<Long> documentIds) {
    if (documentIds.isEmpty()) {
      return;
    }
    Tuple ids = Tuple.of(documentIds.toArray(Long[]::new));
    List<FeatureEvent> erased =
        database.transaction(
            transaction -> {
              Map<Key, FeatureEvent> events = new LinkedHashMap<>();
              collect(transaction, ERASE_STATES, ids, events);
              collect(transaction, ERASE_CHUNKS, ids, events);
              collect(transaction, ERASE_DESCRIPTIONS, ids, events);
              List<FeatureEvent> all = new ArrayList<>(events.values());
              outbox.add(transaction, all);
              return all;
            });
    if (!erased.isEmpty()) {
      outbox.committed();
      LOG.infof("features erased documents=%d", erased.size());
    }
  }

  private static String eraseFrom(String table) {
    return """
        with erased as (
          delete from %s k
           where k.document_id = any($1::bigint[])
             and not exists (select from content.document d where d.id = k.document_id)
             and exists (select from content.generation g where g.id = k.generation_id)
          returning k.generation_id, k.document_id)
        select distinct e.generation_id, e.document_id, c.tenant, c.id
          from erased e
          join content.generation g on g.id = e.generation_id
          join content.collection c on c.id = g.collection_id
        """
        .formatted(table);
  }

  private static void collect(
      Statements transaction, String sql, Tuple ids, Map<Key, FeatureEvent> events) {
    for (Row row : transaction.run(sql, ids)) {
      long generationId = row.getLong(0);
      long documentId = row.getLong(1);
      events.put(
          new Key(generationId, documentId),
          FeatureEvent.erased(row.getString(2), row.getLong(3), generationId, documentId));
    }
  }
}
