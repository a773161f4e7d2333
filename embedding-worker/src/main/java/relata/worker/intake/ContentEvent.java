package relata.worker.intake;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import relata.contracts.v1.ContentChanged;

/** What an event says happened to content. */
sealed interface ContentEvent {
  record Written(long collectionId, long documentId) implements ContentEvent {}

  record Deleted(long documentId) implements ContentEvent {}

  record CollectionDeleted() implements ContentEvent {}

  /** Reads one; empty when it makes no sense, now or on any other try. */
  static Optional<ContentEvent> parse(byte[] payload) {
    ContentChanged event;
    try {
      event = ContentChanged.parseFrom(payload);
    } catch (InvalidProtocolBufferException unreadable) {
      return Optional.empty();
    }
    if (event.getCollectionId() < 1 || event.getDocumentId() < 0) {
      return Optional.empty();
    }
    if (event.getDeleted()) {
      return Optional.of(
          event.getDocumentId() == 0
              ? new CollectionDeleted()
              : new Deleted(event.getDocumentId()));
    }
    return event.getDocumentId() == 0
        ? Optional.empty()
        : Optional.of(new Written(event.getCollectionId(), event.getDocumentId()));
  }
}
