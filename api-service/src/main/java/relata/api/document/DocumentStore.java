package relata.api.document;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import relata.api.collection.CollectionEntity;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.document.DocumentUpsert.Draft;
import relata.api.document.DocumentUpsert.Written;
import relata.api.document.DocumentView.Outcome;
import relata.api.once.Once;
import relata.api.once.OnceKey;
import relata.api.once.Statements;
import relata.api.outbox.OutboxEvent;
import relata.api.outbox.OutboxInsert;
import relata.api.outbox.OutboxRelay;
import relata.api.tenant.Tenant;

/** Documents in the database, one transaction a method; an event goes with every change. */
@Singleton
final class DocumentStore {
  /** The upsert locked the row, too, so it is as it saw it. */
  private static final String UNCHANGED =
      """
      select id, title, body, format, metadata::text as metadata, version, created_at, updated_at
        from content.document where collection_id = $1 and external_id = $2""";

  private final Pool pool;
  private final CollectionLookup collections;
  private final OutboxRelay relay;
  private final Once once;
  private final Once.Form<DocumentView> form;

  DocumentStore(
      Pool pool, CollectionLookup collections, OutboxRelay relay, Once once, ObjectMapper json) {
    this.pool = pool;
    this.collections = collections;
    this.relay = relay;
    this.once = once;
    this.form = KeptDocument.form(json);
  }

  Uni<DocumentView> get(String collection, String id) {
    return Panache.withSession(
        () ->
            CollectionEntity.named(collection)
                .chain(found -> DocumentEntity.require(found.id(), id, LockModeType.NONE))
                .map(document -> document.view(null)));
  }

  /**
   * Creates or updates the document, or leaves it alone if its content is the same. The condition
   * is checked against what the write replaced, under the write's own lock; if it does not hold,
   * the transaction is undone.
   */
  Uni<DocumentView> put(
      String collection,
      String id,
      Content content,
      Precondition precondition,
      Optional<OnceKey> key) {
    Draft draft = Draft.of(id, content);
    return pool.withTransaction(
            connection ->
                once.run(
                    key,
                    Statements.on(connection),
                    form,
                    () -> put(connection, collection, draft, precondition)))
        .invoke(this::wakeIfChanged);
  }

  private Uni<DocumentView> put(
      SqlConnection connection, String collection, Draft draft, Precondition precondition) {
    return collections
        .keep(connection, collection)
        .chain(kept -> write(connection, kept, draft))
        .invoke(view -> precondition.demand(view.replaced()));
  }

  /** Fails with 404 if there is no such document. */
  Uni<Void> delete(String collection, String id, Precondition precondition, Optional<OnceKey> key) {
    return Panache.withTransaction(
            () ->
                once.inSession(
                    key,
                    () ->
                        CollectionEntity.kept(collection)
                            .chain(kept -> delete(kept, id, precondition))))
        .invoke(relay::wake);
  }

  private static Uni<DocumentView> write(
      SqlConnection connection, FoundCollection collection, Draft draft) {
    return DocumentUpsert.write(connection, collection.id(), List.of(draft))
        .map(written -> Optional.ofNullable(written.get(draft.id())))
        .call(written -> announce(connection, collection, written, draft.hash()))
        .chain(written -> view(connection, collection, draft, written));
  }

  private static Uni<Void> announce(
      SqlConnection connection,
      FoundCollection collection,
      Optional<Written> written,
      byte[] hash) {
    List<OutboxEvent> events =
        written.stream()
            .map(
                one ->
                    OutboxEvent.written(
                        Tenant.current(), collection.id(), one.id(), one.version(), hash))
            .toList();
    return OutboxInsert.insert(connection, events);
  }

  private static Uni<DocumentView> view(
      SqlConnection connection,
      FoundCollection collection,
      Draft draft,
      Optional<Written> written) {
    return written
        .map(one -> DocumentView.of(draft.id(), draft.content(), one))
        .map(view -> Uni.createFrom().item(view))
        .orElseGet(() -> unchanged(connection, collection, draft.id()));
  }

  private static Uni<DocumentView> unchanged(
      SqlConnection connection, FoundCollection collection, String id) {
    return connection
        .preparedQuery(UNCHANGED)
        .execute(Tuple.of(collection.id(), id))
        .map(rows -> DocumentView.unchanged(id, rows.iterator().next()));
  }

  private static Uni<Void> delete(
      CollectionEntity collection, String id, Precondition precondition) {
    return DocumentEntity.require(collection.id(), id, LockModeType.PESSIMISTIC_WRITE)
        .invoke(document -> precondition.demand(document.tag()))
        .call(document -> DocumentEntity.deleteByKey(document.id()))
        .chain(
            document ->
                OutboxEvent.deleted(collection.tenant(), collection.id(), document.id()).persist())
        .replaceWithVoid();
  }

  private void wakeIfChanged(DocumentView view) {
    if (view.outcome() != Outcome.UNCHANGED) {
      relay.wake();
    }
  }
}
