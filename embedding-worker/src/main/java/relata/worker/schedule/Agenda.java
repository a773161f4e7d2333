package relata.worker.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import relata.worker.gate.Lane;
import relata.worker.generation.Served;

/**
 * What waits, what is in work, and the rules by which one follows the other. Times are nanoseconds
 * of any clock that only grows. Not for several threads at once: {@link Schedule} holds the lock.
 */
final class Agenda {
  private static final Lane[] LANES = {Lane.LIVE, Lane.BACKFILL};

  private final AgendaLimits limits;
  private final Function<Served, ModelState> models;
  private final Map<Long, GenerationQueues> generations = new LinkedHashMap<>();
  private final Map<Long, GenerationQueues> actives = new HashMap<>();
  private final List<Started> running = new ArrayList<>();
  private final Map<Lane, Long> lastStart = new EnumMap<>(Lane.class);
  private int queued;
  private long turns;

  Agenda(AgendaLimits limits, Function<Served, ModelState> models) {
    this.limits = limits;
    this.models = models;
  }

  /**
   * Puts a document into a queue.
   *
   * @return false when there is no room: the generation is behind then
   */
  boolean offer(Served generation, Lane lane, long documentId, Receipt receipt) {
    Optional<GenerationQueues> known = known(generation);
    if (known.isEmpty()) {
      return false;
    }
    GenerationQueues queues = known.get();
    if (!hasRoom(queues, lane)) {
      queues.fallBehind();
      return false;
    }
    int before = size(queues);
    queues.add(lane, documentId, receipt);
    queued += size(queues) - before;
    return true;
  }

  /** Puts a document before all others of its generation's backfill: its next try is due. */
  void due(Served generation, long documentId) {
    known(generation)
        .ifPresent(
            queues -> {
              if (!hasRoom(queues, Lane.BACKFILL)) {
                queues.fallBehind();
              } else if (!queues.isQueued(documentId)) {
                queues.addFirst(Lane.BACKFILL, documentId);
                queued++;
              }
            });
  }

  /** Stale documents of the generation may be in no queue. */
  void behind(Served generation) {
    known(generation).ifPresent(GenerationQueues::fallBehind);
  }

  /** Starts the next batch, if there is one and a slot for it. */
  Optional<Started> next(long now) {
    for (Lane lane : lanesInOrder(now)) {
      Optional<GenerationQueues> chosen =
          generations.values().stream()
              .filter(queues -> queues.size(lane) > 0 && mayStart(queues, lane, now))
              .min(Comparator.comparingLong(queues -> queues.lastTurn));
      if (chosen.isPresent()) {
        return Optional.of(start(chosen.get(), lane, now));
      }
    }
    return Optional.empty();
  }

  /** Its batch is over; what is not settled is found again. */
  void finish(Started batch, boolean settled) {
    running.remove(batch);
    GenerationQueues queues = generations.get(batch.generation().generationId());
    if (queues != null) {
      if (!settled) {
        queues.fallBehind();
      }
      forgetIfIdle(queues);
    }
  }

  /** The generation whose stale documents are to be looked for next. */
  Optional<GenerationQueues> nextToFill(long now) {
    return generations.values().stream()
        .filter(queues -> queues.wantsPage(now, isIdle(queues), limits))
        .filter(queues -> hasRoom(queues, Lane.BACKFILL) && isAllowed(queues))
        .min(Comparator.comparingLong(queues -> queues.lastLook));
  }

  /** How many of its stale documents are to be looked up at once. */
  int pageSize() {
    return queued < limits.total() ? Math.max(1, limits.queue() / 2) : limits.liveBatch();
  }

  /** Takes in the stale documents that were found; those that are known already are left out. */
  void fill(GenerationQueues queues, StalePage page, long now) {
    for (long documentId : page.documentIds()) {
      if (!queues.isQueued(documentId) && !isInWork(queues, documentId)) {
        queues.add(Lane.BACKFILL, documentId, Receipt.NONE);
        queued++;
      }
    }
    queues.lastLook = ++turns;
    queues.endPage(page, now + limits.again().toNanos());
    forgetIfIdle(queues);
  }

  /** Takes everything out of the queues, and returns who waited. */
  List<Receipt> clear() {
    queued = 0;
    List<Receipt> receipts = new ArrayList<>();
    generations.values().forEach(queues -> receipts.addAll(queues.clear()));
    return receipts;
  }

  /** Documents that wait in a lane's queues. */
  int queued(Lane lane) {
    return generations.values().stream().mapToInt(queues -> queues.size(lane)).sum();
  }

  /** Batches in work. */
  int running() {
    return running.size();
  }

  /** Generations with stale documents that are in no queue. */
  int behind() {
    return (int) generations.values().stream().filter(GenerationQueues::isBehind).count();
  }

  /** A lane that was never let in for as long as a batch may take gets the next slot. */
  private List<Lane> lanesInOrder(long now) {
    long last = lastStart.computeIfAbsent(Lane.BACKFILL, _ -> now);
    return now - last >= limits.patience().toNanos()
        ? List.of(Lane.BACKFILL, Lane.LIVE)
        : List.of(LANES);
  }

  private Started start(GenerationQueues queues, Lane lane, long now) {
    int smallest = lane == Lane.LIVE ? limits.liveBatch() : limits.backfillBatch();
    // Where many wait, nobody is served sooner by a small batch.
    int size = Math.clamp(queues.size(lane) / limits.slots(), smallest, limits.backfillBatch());
    Map<Long, Receipt> documents = queues.take(lane, size);
    queued -= documents.size();
    queues.lastTurn = ++turns;
    lastStart.put(lane, now);
    Started started = new Started(queues.generation(), lane, documents, now);
    running.add(started);
    return started;
  }

  private boolean mayStart(GenerationQueues queues, Lane lane, long now) {
    if (!isAllowed(queues) || running.size() >= limits.most()) {
      return false;
    }
    Served generation = queues.generation();
    long used =
        running.stream()
            .filter(batch -> batch.sharesModel(generation) || !isStuck(batch, now))
            .count();
    long free = limits.slots() - used;
    return free > 1 || (free == 1 && (limits.slots() == 1 || !holdsSlot(generation, lane)));
  }

  /** Its models are asked, and it is not one that is built beside an active one that has work. */
  private boolean isAllowed(GenerationQueues queues) {
    Served generation = queues.generation();
    boolean asked =
        switch (models.apply(generation)) {
          case CLOSED -> true;
          case PROBED -> running.stream().noneMatch(batch -> batch.sharesModel(generation));
          case OPEN -> false;
        };
    return asked && (generation.active() || !activeSiblingHasWork(generation));
  }

  private boolean activeSiblingHasWork(Served building) {
    GenerationQueues active = actives.get(building.collectionId());
    return active != null
        && (active.isBehind() || !active.isEmpty())
        && models.apply(active.generation()) != ModelState.OPEN;
  }

  /**
   * A generation may always have a few documents in its queues: others whose models hang may fill
   * all the room that there is for all together.
   */
  private boolean hasRoom(GenerationQueues queues, Lane lane) {
    return queues.size(lane) < limits.queue()
        && (queued < limits.total() || size(queues) < limits.liveBatch());
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

  private boolean isIdle(GenerationQueues queues) {
    return running.stream().noneMatch(batch -> batch.generation().generationId() == id(queues));
  }

  private boolean isInWork(GenerationQueues queues, long documentId) {
    return running.stream()
        .anyMatch(
            batch ->
                batch.generation().generationId() == id(queues)
                    && batch.documents().containsKey(documentId));
  }

  private Optional<GenerationQueues> known(Served generation) {
    GenerationQueues queues = generations.get(generation.generationId());
    if (queues == null) {
      if (generations.size() >= limits.generations()) {
        // The sweep finds it again.
        return Optional.empty();
      }
      queues = new GenerationQueues(generation);
      generations.put(generation.generationId(), queues);
    }
    queues.update(generation);
    if (generation.active()) {
      actives.put(generation.collectionId(), queues);
    }
    return Optional.of(queues);
  }

  private void forgetIfIdle(GenerationQueues queues) {
    if (queues.isEmpty() && !queues.isBehind() && !queues.isFilling() && isIdle(queues)) {
      generations.remove(id(queues));
      actives.remove(queues.generation().collectionId(), queues);
    }
  }

  private static long id(GenerationQueues queues) {
    return queues.generation().generationId();
  }

  private static int size(GenerationQueues queues) {
    return queues.size(Lane.LIVE) + queues.size(Lane.BACKFILL);
  }
}
