package relata.api.document;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;

/**
 * A document as it is stored. Read and deleted through here; written by {@link DocumentUpsert}, for
 * which a session's read and write would be two steps that another writer can come between.
 */
@Entity(name = "Document")
@Table(schema = "content", name = "document")
public class DocumentEntity extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @Column(name = "collection_id")
  private Long collectionId;

  @Column(name = "external_id")
  private String externalId;

  private String title;
  private String body;
  private String format;

  /** As text, because the driver would read numbers as doubles. */
  @ColumnTransformer(read = "cast(metadata as text)")
  private String metadata;

  private long version;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  /** For Hibernate. */
  protected DocumentEntity() {}

  /** The document or null. */
  static Uni<DocumentEntity> find(long collectionId, String externalId, LockModeType lock) {
    return DocumentEntity.<DocumentEntity>find(
            "collectionId = ?1 and externalId = ?2", collectionId, externalId)
        .withLock(lock)
        .firstResult();
  }

  /** The document; fails with the 404 that names it. */
  static Uni<DocumentEntity> require(long collectionId, String externalId, LockModeType lock) {
    return find(collectionId, externalId, lock)
        .onItem()
        .ifNull()
        .failWith(() -> ExternalId.unknown(externalId).exception());
  }

  /**
   * Deletes by a statement, never by {@code delete()} on an entity: Hibernate Reactive (3.2.5)
   * keeps the deletion in work in a field that all sessions share, and of two at once one never
   * ends.
   */
  static Uni<Long> deleteByKey(long id) {
    return delete("id", id);
  }

  Tag tag() {
    return Tag.of(id, version);
  }

  Long id() {
    return id;
  }

  DocumentView view(DocumentView.Outcome outcome) {
    return new DocumentView(
        id, externalId, title, body, format, metadata, version, createdAt, updatedAt, outcome);
  }
}
