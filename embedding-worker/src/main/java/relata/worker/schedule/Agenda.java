package relata.worker.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import relata.worker.gate.Lane;
import relata.worker.generation.Served;

/**
 * What waits, of which generation, and what of it is next. Times are nanoseconds of any clock that
 * only grows. Not for several threads at once: {@link SharedAgenda} holds the lock.
 */
final class Agenda {
  private final AgendaLimits limits;
  private final Slots slots;
  private final Gathering gathering;
  private final Map<Long, GenerationQueues> generations = new LinkedHashMap<>();
  private final Map<Long, GenerationQueues> actives = new HashMap<>();
  private int queued;
  private long turns;

  Agenda(AgendaLimits limits, Function<Served, ModelState> models) {
    this.limits = limits;
    this.slots = new Slots(limits, models);
    this.gathering = new Gathering(limits.gathering(), limits.liveBatch());
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
    int before = queues.size();
    queues.add(lane, documentId, receipt);
    queued += queues.size() - before;
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
    for (Lane lane : slots.lanesInOrder(now)) {
      Optional<GenerationQueues> chosen =
          generations.values().stream()
              .filter(queues -> queues.size(lane) > 0 && isAllowed(queues.generation(), now))
              .filter(queues -> slots.hasRoomFor(queues.generation(), lane, now))
              .filter(queues -> !isGathering(queues, lane, now))
              .min(Comparator.comparingLong(queues -> queues.lastTurn));
      if (chosen.isPresent()) {
        return Optional.of(start(chosen.get(), lane, now));
      }
    }
    return Optional.empty();
  }

  /** Its batch is over; what is not settled is found again. */
  void finish(Started batch, boolean settled, long now) {
    slots.leave(batch);
    if (batch.lane() == Lane.LIVE) {
      gathering.ended(batch, now);
    }
    GenerationQueues queues = generations.get(batch.generation().generationId());
    if (queues != null) {
      if (!settled) {
        queues.fallBehind();
      }
      forgetIfIdle(queues);
    }
  }

  /** Begins to look for stale documents of the generation whose turn it is, if there is one. */
  Optional<Look> nextLook(long now) {
    int limit = queued < limits.total() ? Math.max(1, limits.queue() / 2) : limits.liveBatch();
    return generations.values().stream()
        .filter(queues -> queues.wantsPage(now, slots.isIdle(queues.id()), limits))
        .filter(queues -> hasRoom(queues, Lane.BACKFILL) && isAllowed(queues.generation(), now))
        .min(Comparator.comparingLong(queues -> queues.lastLook))
        .map(queues -> new Look(queues, queues.generation(), queues.beginPage(), limit));
  }

  /** Takes in the stale documents that were found; those that are known already are left out. */
  void fill(Look look, StalePage page, long now) {
    GenerationQueues queues = look.queues();
    for (long documentId : page.documentIds()) {
      if (!queues.isQueued(documentId) && !slots.isInWork(queues.id(), documentId)) {
        queues.add(Lane.BACKFILL, documentId, Receipt.NONE);
        queued++;
      }
    }
    queues.lastLook = ++turns;
    queues.endPage(page, now + limits.again().toNanos());
    forgetIfIdle(queues);
  }

  /** They could not be looked for: others come first. */
  void breakOff(Look look, long now) {
    look.queues().lastLook = ++turns;
    look.queues().breakPage(now + limits.again().toNanos());
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

  /** Nanoseconds until changes that gather may start; the longest there is if none do. */
  long untilGathered(long now) {
    return gathering.untilNext(now);
  }

  /** Batches in work. */
  int running() {
    return slots.taken();
  }

  /** Generations with stale documents that are in no queue. */
  int behind() {
    return (int) generations.values().stream().filter(GenerationQueues::isBehind).count();
  }

  private Started start(GenerationQueues queues, Lane lane, long now) {
    Map<Long, Receipt> documents = queues.take(lane, size(queues, lane, now));
    queued -= documents.size();
    queues.lastTurn = ++turns;
    Started started = new Started(queues.generation(), lane, documents, now);
    slots.take(started);
    if (lane == Lane.LIVE) {
      gathering.began(started);
    }
    return started;
  }

  private int size(GenerationQueues queues, Lane lane, long now) {
    return lane == Lane.BACKFILL || gathering.isTogether(queues.id(), now)
        ? limits.backfillBatch()
        // Where many wait, nobody is served sooner by a small batch.
        : Math.clamp(
            queues.size(lane) / limits.slots(), limits.liveBatch(), limits.backfillBatch());
  }

  /** Others join them. */
  private boolean isGathering(GenerationQueues queues, Lane lane, long now) {
    return lane == Lane.LIVE
        && queues.size(lane) < limits.backfillBatch()
        && gathering.waits(queues.id(), now);
  }

  /** Its models are asked, and it is not one that is built beside an active one that has work. */
  private boolean isAllowed(Served generation, long now) {
    return slots.mayAsk(generation)
        && (generation.active() || !activeSiblingHasWork(generation, now));
  }

  /** Changes that gather are no work yet. */
  private boolean activeSiblingHasWork(Served building, long now) {
    GenerationQueues active = actives.get(building.collectionId());
    return active != null
        && (active.isBehind()
            || active.size(Lane.BACKFILL) > 0
            || (active.size(Lane.LIVE) > 0 && !isGathering(active, Lane.LIVE, now)))
        && !slots.isLeftAlone(active.generation());
  }

  /**
   * A generation may always have a few documents in its queues: others whose models hang may fill
   * all the room that there is for all together.
   */
  private boolean hasRoom(GenerationQueues queues, Lane lane) {
    return queues.size(lane) < limits.queue()
        && (queued < limits.total() || queues.size() < limits.liveBatch());
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
    if (queues.isEmpty()
        && !queues.isBehind()
        && !queues.isFilling()
        && slots.isIdle(queues.id())) {
      generations.remove(queues.id());
      actives.remove(queues.generation().collectionId(), queues);
    }
  }
}
