package relata.worker.schedule;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import relata.worker.gate.Lane;
import relata.worker.generation.Served;

/** The batches in work, and the rules by which another may be started. */
final class Slots {
  private final AgendaLimits limits;
  private final Function<Served, ModelState> models;
  private final List<Started> running = new ArrayList<>();
  private final Map<Lane, Long> lastStart = new EnumMap<>(Lane.class);

  Slots(AgendaLimits limits, Function<Served, ModelState> models) {
    this.limits = limits;
    this.models = models;
  }

  void take(Started batch) {
    lastStart.put(batch.lane(), batch.at());
    running.add(batch);
  }

  void leave(Started batch) {
    running.remove(batch);
  }

  /** Batches in work. */
  int taken() {
    return running.size();
  }

  /** A lane that was never let in for as long as a batch may take gets the next slot. */
  List<Lane> lanesInOrder(long now) {
    long last = lastStart.computeIfAbsent(Lane.BACKFILL, _ -> now);
    return now - last >= limits.patience().toNanos()
        ? List.of(Lane.BACKFILL, Lane.LIVE)
        : List.of(Lane.LIVE, Lane.BACKFILL);
  }

  /** Whether there is a slot for a batch of the generation. */
  boolean hasRoomFor(Served generation, Lane lane, long now) {
    if (running.size() >= limits.most()) {
      return false;
    }
    long used =
        running.stream()
            .filter(batch -> batch.sharesModel(generation) || !isStuck(batch, now))
            .count();
    long free = limits.slots() - used;
    return free > 1 || (free == 1 && (limits.slots() == 1 || !holdsSlot(generation, lane)));
  }

  /** Whether its models are asked; one that is to show that it answers is asked by one batch. */
  boolean mayAsk(Served generation) {
    return switch (models.apply(generation)) {
      case CLOSED -> true;
      case PROBED -> running.stream().noneMatch(batch -> batch.sharesModel(generation));
      case OPEN -> false;
    };
  }

  /** Whether one of its models is left alone. */
  boolean isLeftAlone(Served generation) {
    return models.apply(generation) == ModelState.OPEN;
  }

  /** None of the generation's documents is in work. */
  boolean isIdle(long generationId) {
    return running.stream().noneMatch(batch -> batch.generation().generationId() == generationId);
  }

  boolean isInWork(long generationId, long documentId) {
    return running.stream()
        .anyMatch(
            batch ->
                batch.generation().generationId() == generationId
                    && batch.documents().containsKey(documentId));
  }

  /** In this lane or a more urgent one. */
  private boolean holdsSlot(Served generation, Lane lane) {
    return running.stream()
        .anyMatch(
            batch ->
                batch.generation().generationId() == generation.generationId()
                    && !lane.isBefore(batch.lane()));
  }

  private boolean isStuck(Started batch, long now) {
    return now - batch.at() >= limits.patience().toNanos();
  }
}
