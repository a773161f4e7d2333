package relata.worker.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import relata.worker.claim.Claim;
import relata.worker.claim.Claimed;
import relata.worker.database.Database;
import relata.worker.database.Transaction;
import relata.worker.outbox.FeatureEvent;
import relata.worker.outbox.Outbox;
import relata.worker.trace.DocumentTraces;
import relata.worker.trace.TracedDocument;

/**
 * Stores features behind a fence: of a document whose claim was lost, that was edited since it was
 * read, or that is gone, nothing is written.
 */
@Singleton
public final class FeatureStore {
  /**
   * The state comes first, and its row stays locked: an erase of the document waits for it, and
   * then finds the chunks that were written behind it.
   */
  private static final String FENCE =
      """
      with outcome as (
        select * from unnest($2::bigint[], $3::bigint[], $4::boolean[], $5::bytea[])
            as o (generation_id, document_id, skipped, description)),
      mine as (
        select s.generation_id, s.document_id
          from feature.document_state s
          join outcome o using (generation_id, document_id)
          join content.generation g on g.id = s.generation_id
          join content.document d on d.id = s.document_id
         where s.claim = $1 and s.state = 'processing'
           and d.version = s.version and d.content_hash = s.content_hash
           and d.request = s.request
           and (g.erase_after is null or g.erase_after > now())
         order by 1, 2
           for update of s)
      update feature.document_state s
         set state = case when o.skipped then 'skipped' else 'ready' end,
             error_code = case when o.skipped then 'no_text' end,
             error = case when o.skipped
                          then 'Nothing is left to embed after the recipe''s split.' end,
             stored_version = s.version, stored_request = s.request,
             description = o.description, claim = null, lease_until = null,
             next_attempt_at = null, updated_at = now()
        from mine join outcome o using (generation_id, document_id)
       where s.generation_id = mine.generation_id and s.document_id = mine.document_id
      returning s.generation_id, s.document_id
      """;

  private static final String CLEAR =
      """
      delete from feature.chunk c
       using unnest($1::bigint[], $2::bigint[]) as o (generation_id, document_id)
       where c.generation_id = o.generation_id and c.document_id = o.document_id
      """;

  private record Key(long generationId, long documentId) {}

  private final Database database;
  private final Outbox outbox;
  private final DocumentTraces traces;

  FeatureStore(Database database, Outbox outbox, DocumentTraces traces) {
    this.database = database;
    this.outbox = outbox;
    this.traces = traces;
  }

  /**
   * Replaces the documents' features in one transaction, with the events that tell of it, and
   * settles all of them.
   *
   * @return those that were still ours
   */
  public List<DocumentFeatures> store(Claim claim, List<DocumentFeatures> documents) {
    if (documents.isEmpty()) {
      return List.of();
    }
    List<DocumentFeatures> stored =
        database.transaction(transaction -> store(transaction, claim, documents));
    outbox.committed();
    claim.close(documents.stream().map(DocumentFeatures::document).toList());
    return stored;
  }

  private List<DocumentFeatures> store(
      Transaction transaction, Claim claim, List<DocumentFeatures> documents) {
    Set<Key> held = new HashSet<>();
    Tuple fence =
        Tuple.of(
            claim.id(),
            generations(documents),
            ids(documents),
            documents.stream().map(DocumentFeatures::isSkipped).toArray(Boolean[]::new),
            DescriptionRows.fingerprints(documents));
    for (Row row : transaction.run(FENCE, fence)) {
      held.add(new Key(row.getLong(0), row.getLong(1)));
    }
    List<DocumentFeatures> ours =
        documents.stream().filter(document -> held.contains(key(document.document()))).toList();
    if (!ours.isEmpty()) {
      transaction.send(CLEAR, Tuple.tuple().addValue(generations(ours)).addValue(ids(ours)));
      ChunkRows.insert(transaction, ours);
      DescriptionRows.replace(transaction, ours);
      outbox.add(transaction, ours.stream().map(this::event).toList());
    }
    return ours;
  }

  private FeatureEvent event(DocumentFeatures features) {
    Claimed document = features.document();
    return FeatureEvent.stored(
        features.generation().tenant(),
        features.generation().collectionId(),
        features.generation().id(),
        document.documentId(),
        document.version(),
        traces.traceparent(new TracedDocument(document.generationId(), document.documentId())));
  }

  private static Key key(Claimed document) {
    return new Key(document.generationId(), document.documentId());
  }

  private static Long[] generations(List<DocumentFeatures> documents) {
    return documents.stream().map(d -> d.document().generationId()).toArray(Long[]::new);
  }

  private static Long[] ids(List<DocumentFeatures> documents) {
    return documents.stream().map(d -> d.document().documentId()).toArray(Long[]::new);
  }
}
