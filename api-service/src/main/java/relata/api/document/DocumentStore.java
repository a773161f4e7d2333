package relata.api.document;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import relata.api.collection.CollectionEntity;
import relata.api.document.DocumentUpsert.Written;
import relata.api.document.DocumentView.Outcome;
import relata.api.outbox.OutboxEvent;
import relata.api.outbox.OutboxRelay;

/** Documents in the database, one transaction a method; an event goes with every change. */
@Singleton
final class DocumentStore {
  private final OutboxRelay relay;

  DocumentStore(OutboxRelay relay) {
    this.relay = relay;
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
  Uni<DocumentView> put(String collection, String id, Content content, Precondition precondition) {
    return Panache.withTransaction(
            () ->
                CollectionEntity.kept(collection)
                    .chain(kept -> write(kept, id, content))
                    .invoke(view -> precondition.demand(view.replaced())))
        .invoke(this::wakeIfChanged);
  }

  /** Fails with 404 if there is no such document. */
  Uni<Void> delete(String collection, String id, Precondition precondition) {
    return Panache.withTransaction(
            () -> CollectionEntity.kept(collection).chain(kept -> delete(kept, id, precondition)))
        .invoke(relay::wake);
  }

  private static Uni<DocumentView> write(CollectionEntity collection, String id, Content content) {
    byte[] hash = content.hash();
    return DocumentUpsert.write(collection.id(), id, content, hash)
        .call(written -> announce(collection, written, hash))
        .chain(written -> view(collection, id, content, written));
  }

  private static Uni<Void> announce(CollectionEntity collection, Written written, byte[] hash) {
    if (written == null) {
      return Uni.createFrom().voidItem();
    }
    return OutboxEvent.written(
            collection.tenant(), collection.id(), written.id(), written.version(), hash)
        .persist()
        .replaceWithVoid();
  }

  private static Uni<DocumentView> view(
      CollectionEntity collection, String id, Content content, Written written) {
    if (written == null) {
      return DocumentEntity.require(collection.id(), id, LockModeType.NONE)
          .map(same -> same.view(Outcome.UNCHANGED));
    }
    return Uni.createFrom().item(DocumentView.of(id, content, written));
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
