package relata.api.collection;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import relata.api.tenant.Tenant;

/** A named set of documents with one recipe. All methods need a Panache session. */
@Entity(name = "Collection")
@Table(schema = "content", name = "collection")
public class CollectionEntity extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(nullable = false, updatable = false)
  private String tenant;

  @Column(nullable = false, updatable = false)
  private String name;

  @Column(name = "created_at", insertable = false, updatable = false)
  private Instant createdAt;

  /** For Hibernate. */
  protected CollectionEntity() {}

  /** The collection of this name; fails with the 404 that names it. */
  public static Uni<CollectionEntity> named(String name) {
    return found(name, LockModeType.NONE);
  }

  /**
   * The same, kept from being deleted until the transaction ends, so that nothing is written into a
   * collection that is going away.
   */
  public static Uni<CollectionEntity> kept(String name) {
    return found(name, LockModeType.PESSIMISTIC_READ);
  }

  static Uni<CollectionEntity> lockedForDelete(String name) {
    return found(name, LockModeType.PESSIMISTIC_WRITE);
  }

  /** By a statement, for the reason that documents are: deletions of entities hang each other. */
  static Uni<Long> deleteByKey(long id) {
    return delete("id", id);
  }

  private static Uni<CollectionEntity> found(String name, LockModeType lock) {
    if (!CollectionName.isValid(name)) {
      return Uni.createFrom().failure(CollectionName.unknown(name).exception());
    }
    PanacheQuery<CollectionEntity> query =
        find("tenant = ?1 and name = ?2", Tenant.current(), name);
    return query
        .withLock(lock)
        .firstResult()
        .onItem()
        .ifNull()
        .failWith(() -> CollectionName.unknown(name).exception());
  }

  public Long id() {
    return id;
  }

  public String tenant() {
    return tenant;
  }

  String name() {
    return name;
  }

  Instant createdAt() {
    return createdAt;
  }
}
