package relata.worker.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Message;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import relata.contracts.Subjects;
import relata.worker.erase.Erasure;
import relata.worker.erase.GenerationErasure;
import relata.worker.gate.Lane;
import relata.worker.generation.Served;
import relata.worker.generation.ServedGenerations;
import relata.worker.schedule.Receipt;
import relata.worker.schedule.Schedule;
import relata.worker.trace.DocumentTraces;
import relata.worker.trace.TracedDocument;

/** Does what events ask for: an erase at once, anything else by way of the schedule. */
@Singleton
class EventIntake {
  private static final Logger LOG = Logger.getLogger(EventIntake.class);

  private final Schedule schedule;
  private final ServedGenerations served;
  private final Erasure erasure;
  private final GenerationErasure generationErasure;
  private final DocumentTraces traces;
  private final Counter refused;

  EventIntake(
      Schedule schedule,
      ServedGenerations served,
      Erasure erasure,
      GenerationErasure generationErasure,
      DocumentTraces traces,
      MeterRegistry meters) {
    this.schedule = schedule;
    this.served = served;
    this.erasure = erasure;
    this.generationErasure = generationErasure;
    this.traces = traces;
    this.refused =
        Counter.builder("relata.intake.refused")
            .description("Events that cannot be read")
            .register(meters);
  }

  /** Takes in events that are held; those that are still held when it throws were not. */
  void take(List<Message> messages, Delivery delivery) {
    Map<Message, Long> deleted = new LinkedHashMap<>();
    List<Message> collections = new ArrayList<>();
    for (Message message : messages) {
      Optional<ContentEvent> event = ContentEvent.parse(message.getData());
      if (event.isEmpty()) {
        refuse(message, delivery);
        continue;
      }
      switch (event.get()) {
        case ContentEvent.Written(long collection, long id) ->
            written(collection, id, message, delivery);
        case ContentEvent.Deleted(long id) -> deleted.put(message, id);
        case ContentEvent.CollectionDeleted(long collection) -> {
          served.forget(collection);
          collections.add(message);
        }
        case ContentEvent.GenerationChanged(long collection, long generation) -> {
          changed(collection, generation);
          delivery.done(message);
        }
      }
    }
    // An erase is owed to somebody and is quick; it does not wait for a model.
    erasure.documents(deleted.values().stream().distinct().toList());
    deleted.keySet().forEach(delivery::done);
    if (!collections.isEmpty()) {
      // A large one takes a while, which nobody's changes wait for.
      Thread.ofVirtual().name("erase").start(() -> erase(collections, delivery));
    }
  }

  private void erase(List<Message> collections, Delivery delivery) {
    try {
      generationErasure.gone();
      collections.forEach(delivery::done);
    } catch (RuntimeException | Error failed) {
      LOG.warnf(
          "collections not erased count=%d reason=\"%s\"", collections.size(), failed.getMessage());
      collections.forEach(delivery::retry);
    }
  }

  /** What has no room in a queue is found in the database: nobody need hold its event. */
  private void written(long collection, long id, Message message, Delivery delivery) {
    List<Served> generations = served.of(collection);
    if (generations.isEmpty()) {
      delivery.done(message);
      return;
    }
    Receipt receipt = delivery.receipt(message, generations.size());
    String trace =
        message.hasHeaders() ? message.getHeaders().getFirst(Subjects.TRACE_HEADER) : null;
    for (Served generation : generations) {
      traces.received(new TracedDocument(generation.generationId(), id), trace);
      Lane lane = generation.active() ? Lane.LIVE : Lane.BACKFILL;
      if (!schedule.offer(generation, lane, id, receipt)) {
        receipt.done();
      }
    }
  }

  private void changed(long collection, long generation) {
    served.forget(collection);
    served.of(collection).stream()
        .filter(one -> one.generationId() == generation)
        .forEach(schedule::behind);
  }

  private void refuse(Message message, Delivery delivery) {
    LOG.warnf("event refused subject=%s bytes=%d", message.getSubject(), message.getData().length);
    refused.increment();
    delivery.refuse(message);
  }
}
