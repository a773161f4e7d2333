package relata.api.outbox;

import com.google.protobuf.ByteString;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import relata.contracts.Subjects;
import relata.contracts.v1.ContentChanged;

/**
 * An event that waits in the database to be published. It is written in the transaction of the
 * change that it tells of, so that neither is ever without the other.
 */
@Entity(name = "OutboxEvent")
@Table(schema = "content", name = "outbox")
public class OutboxEvent extends PanacheEntityBase {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long position;

  @Column(nullable = false)
  private String subject;

  @Column(nullable = false)
  private byte[] payload;

  @Column private String traceparent;

  /** For Hibernate. */
  protected OutboxEvent() {}

  private OutboxEvent(ContentChanged event) {
    this.subject = Subjects.contentChanged(event.getTenant());
    this.payload = event.toByteArray();
    this.traceparent = TraceParent.current();
  }

  /** A document has new content. */
  public static OutboxEvent written(
      String tenant, long collectionId, long documentId, long version, byte[] contentHash) {
    return new OutboxEvent(
        ContentChanged.newBuilder()
            .setTenant(tenant)
            .setCollectionId(collectionId)
            .setDocumentId(documentId)
            .setVersion(version)
            .setContentHash(ByteString.copyFrom(contentHash))
            .build());
  }

  /** A document is gone. */
  public static OutboxEvent deleted(String tenant, long collectionId, long documentId) {
    return new OutboxEvent(
        ContentChanged.newBuilder()
            .setTenant(tenant)
            .setCollectionId(collectionId)
            .setDocumentId(documentId)
            .setDeleted(true)
            .build());
  }

  /** A collection with all its documents is gone. */
  public static OutboxEvent collectionDeleted(String tenant, long collectionId) {
    return deleted(tenant, collectionId, 0);
  }

  /** A generation was made, paused, resumed, switched to, retired or cancelled. */
  public static OutboxEvent generation(String tenant, long collectionId, long generationId) {
    return new OutboxEvent(
        ContentChanged.newBuilder()
            .setTenant(tenant)
            .setCollectionId(collectionId)
            .setGenerationId(generationId)
            .build());
  }

  /** NATS subject to publish to. */
  String subject() {
    return subject;
  }

  /** The event in the wire format of the subject. */
  byte[] payload() {
    return payload.clone();
  }

  /** The trace of the request that made it; null when nobody traces. */
  public String traceparent() {
    return traceparent;
  }
}
