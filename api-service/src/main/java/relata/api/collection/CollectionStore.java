package relata.api.collection;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import relata.api.once.Once;
import relata.api.once.OnceKey;
import relata.api.outbox.OutboxEvent;
import relata.api.outbox.OutboxRelay;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;
import relata.api.resolution.ResolvedRecipe;
import relata.api.tenant.Tenant;

/** Collections in the database, one transaction a method. */
@Singleton
final class CollectionStore {
  /** Of two that create the same name the second waits for the first, and gets no row. */
  private static final String INSERT =
      """
      insert into content.collection (tenant, name) values (:tenant, :name)
      on conflict (tenant, name) do nothing returning id""";

  private final OutboxRelay relay;
  private final Once once;

  CollectionStore(OutboxRelay relay, Once once) {
    this.relay = relay;
    this.once = once;
  }

  /** Fails with 409 if the name is taken. */
  Uni<Void> create(String name, ResolvedRecipe recipe, Optional<OnceKey> key) {
    return Panache.withTransaction(
        () ->
            once.inSession(
                key,
                () ->
                    insert(name)
                        .chain(id -> GenerationEntity.first(id, recipe).persistAndFlush())
                        .replaceWithVoid()));
  }

  /** Deletes the collection with everything in it; fails with 404 if there is none. */
  Uni<Void> delete(String name, Optional<OnceKey> key) {
    return Panache.withTransaction(
            () ->
                once.inSession(
                    key,
                    () -> CollectionEntity.lockedForDelete(name).chain(CollectionStore::delete)))
        .invoke(relay::wake);
  }

  private static Uni<Void> delete(CollectionEntity collection) {
    OutboxEvent event = OutboxEvent.collectionDeleted(collection.tenant(), collection.id());
    return CollectionEntity.deleteByKey(collection.id())
        .chain(() -> event.persist())
        .replaceWithVoid();
  }

  private static Uni<Long> insert(String name) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(INSERT, Long.class)
                    .setParameter("tenant", Tenant.current())
                    .setParameter("name", name)
                    .getSingleResultOrNull())
        .onItem()
        .ifNull()
        .failWith(() -> taken(name).exception());
  }

  private static Problem taken(String name) {
    return Problem.of(
        ProblemType.NAME_TAKEN, "There is already a collection '%s'.".formatted(name));
  }
}
