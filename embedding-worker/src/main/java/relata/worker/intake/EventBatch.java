package relata.worker.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Message;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import relata.worker.erase.Erasure;
import relata.worker.erase.GenerationErasure;
import relata.worker.gate.Lane;
import relata.worker.gate.Turn;
import relata.worker.generation.ServedGenerations;
import relata.worker.pipeline.Batch;
import relata.worker.pipeline.Pipeline;

/** Does what a batch of events asks for. */
@Singleton
class EventBatch {
  private static final Logger LOG = Logger.getLogger(EventBatch.class);

  private final Pipeline pipeline;
  private final ServedGenerations served;
  private final Erasure erasure;
  private final GenerationErasure generationErasure;
  private final Counter refused;

  EventBatch(
      Pipeline pipeline,
      ServedGenerations served,
      Erasure erasure,
      GenerationErasure generationErasure,
      MeterRegistry meters) {
    this.pipeline = pipeline;
    this.served = served;
    this.erasure = erasure;
    this.generationErasure = generationErasure;
    this.refused =
        Counter.builder("relata.intake.refused")
            .description("Events that cannot be read")
            .register(meters);
  }

  /** Works on the events; returns when their outcome is in the database. */
  void work(List<Message> messages, Delivery delivery) {
    Map<Long, List<Long>> written = new LinkedHashMap<>();
    Set<Long> deleted = new LinkedHashSet<>();
    boolean collectionDeleted = false;
    List<Message> readable = new ArrayList<>();
    for (Message message : messages) {
      Optional<ContentEvent> event = ContentEvent.parse(message.getData());
      if (event.isEmpty()) {
        refuse(message, delivery);
        continue;
      }
      readable.add(message);
      switch (event.get()) {
        case ContentEvent.Written(long collection, long id) ->
            written.computeIfAbsent(collection, _ -> new ArrayList<>()).add(id);
        case ContentEvent.Deleted(long id) -> deleted.add(id);
        case ContentEvent.CollectionDeleted() -> collectionDeleted = true;
      }
    }
    // An erase is owed to somebody and is quick; it does not wait for a model.
    erasure.documents(deleted);
    if (collectionDeleted) {
      generationErasure.gone();
    }
    written.forEach(
        (collection, ids) ->
            served
                .of(collection)
                .forEach(
                    generation ->
                        pipeline.process(
                            new Batch(
                                new Turn(Lane.LIVE, collection), generation.generationId(), ids))));
    delivery.done(readable);
  }

  private void refuse(Message message, Delivery delivery) {
    LOG.warnf("event refused subject=%s bytes=%d", message.getSubject(), message.getData().length);
    refused.increment();
    delivery.refuse(message);
  }
}
