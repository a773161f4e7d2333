package relata.graph.feed;

import com.google.protobuf.InvalidProtocolBufferException;
import io.nats.client.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import relata.contracts.v1.FeaturesChanged;

/** Some events that are about one generation. */
final class GenerationChanges {
  private static final Logger LOG = Logger.getLogger(GenerationChanges.class);

  private final long generationId;
  private final Set<Long> documentIds = new HashSet<>();
  private final List<Message> messages = new ArrayList<>();
  private boolean wholeGeneration;

  private GenerationChanges(long generationId) {
    this.generationId = generationId;
  }

  /** Sorts a batch; what cannot be read never can, and is terminated. */
  static Collection<GenerationChanges> of(List<Message> batch) {
    Map<Long, GenerationChanges> byGeneration = new HashMap<>();
    for (Message message : batch) {
      try {
        FeaturesChanged event = FeaturesChanged.parseFrom(message.getData());
        if (event.getGenerationId() < 1 || event.getDocumentId() < 0) {
          throw new InvalidProtocolBufferException("ids out of range");
        }
        byGeneration
            .computeIfAbsent(event.getGenerationId(), GenerationChanges::new)
            .add(event, message);
      } catch (InvalidProtocolBufferException unreadable) {
        LOG.warnf(
            "event dropped subject=%s sequence=%d reason=%s",
            message.getSubject(), message.metaData().streamSequence(), unreadable.getMessage());
        message.term();
      }
    }
    return byGeneration.values();
  }

  private void add(FeaturesChanged event, Message message) {
    messages.add(message);
    if (event.getDocumentId() == 0) {
      wholeGeneration = true;
    } else {
      documentIds.add(event.getDocumentId());
    }
  }

  /** Whether these and the others are not too many documents. */
  boolean fits(GenerationChanges others, int maxDocuments) {
    return documentIds.size() + others.documentIds.size() <= maxDocuments;
  }

  /** Makes the others part of these. */
  void merge(GenerationChanges others) {
    documentIds.addAll(others.documentIds);
    messages.addAll(others.messages);
    wholeGeneration |= others.wholeGeneration;
  }

  long generationId() {
    return generationId;
  }

  Set<Long> documentIds() {
    return documentIds;
  }

  /** All features of the generation were erased, most often because it was deleted. */
  boolean wholeGeneration() {
    return wholeGeneration;
  }

  List<Message> messages() {
    return messages;
  }
}
