package relata.worker.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import relata.contracts.v1.ContentChanged;

/** What an event says happened to content. */
sealed interface ContentEvent {
  record Written(long collectionId, long documentId) implements ContentEvent {}

  record Deleted(long documentId) implements ContentEvent {}

  record CollectionDeleted(long collectionId) implements ContentEvent {}

  /** A generation was made, resumed, switched, cancelled, or its documents are wanted again. */
  record GenerationChanged(long collectionId, long generationId) implements ContentEvent {}

  /** Reads one; empty when it makes no sense, now or on any other try. */
  static Optional<ContentEvent> parse(byte[] payload) {
    ContentChanged event;
    try {
      event = ContentChanged.parseFrom(payload);
    } catch (InvalidProtocolBufferException unreadable) {
      return Optional.empty();
    }
    long collection = event.getCollectionId();
    long document = event.getDocumentId();
    if (collection < 1 || document < 0 || event.getGenerationId() < 0) {
      return Optional.empty();
    }
    if (event.getDeleted()) {
      return Optional.of(document == 0 ? new CollectionDeleted(collection) : new Deleted(document));
    }
    if (document > 0) {
      return Optional.of(new Written(collection, document));
    }
    return event.getGenerationId() == 0
        ? Optional.empty()
        : Optional.of(new GenerationChanged(collection, event.getGenerationId()));
  }
}
