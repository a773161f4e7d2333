package relata.worker.schedule;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import relata.worker.gate.Lane;
import relata.worker.generation.Served;

/** The documents of one generation that are known to wait, and whether there are more. */
final class GenerationQueues {
  private final Map<Lane, SequencedMap<Long, Receipt>> queues = new EnumMap<>(Lane.class);
  private Served generation;

  /** When it last had a batch started. */
  long lastTurn;

  /** When its stale documents were last looked for. */
  long lastLook;

  /** There may be stale documents that are in no queue. */
  private boolean behind;

  /** Grows with each reason to look for them: a look answers only those before it. */
  private long reasons;

  private long answering;
  private StalePage.Position position = StalePage.START;
  private boolean foundAny;
  private boolean filling;
  private boolean settling;
  private long notBefore;

  GenerationQueues(Served generation) {
    this.generation = generation;
    queues.put(Lane.LIVE, new LinkedHashMap<>());
    queues.put(Lane.BACKFILL, new LinkedHashMap<>());
  }

  long id() {
    return generation.generationId();
  }

  Served generation() {
    return generation;
  }

  /** It may have been switched to meanwhile. */
  void update(Served now) {
    generation = now;
  }

  boolean isQueued(long documentId) {
    return queues.values().stream().anyMatch(queue -> queue.containsKey(documentId));
  }

  int size(Lane lane) {
    return queues.get(lane).size();
  }

  /** Documents in both lanes. */
  int size() {
    return queues.values().stream().mapToInt(Map::size).sum();
  }

  boolean isEmpty() {
    return queues.values().stream().allMatch(Map::isEmpty);
  }

  /**
   * Adds a document. Of several who wait for it one is kept, so that many events of one document
   * take no more room than one: it is worked on as it is then, for all of them.
   */
  void add(Lane lane, long documentId, Receipt receipt) {
    if (lane == Lane.LIVE && queues.get(Lane.BACKFILL).get(documentId) == Receipt.NONE) {
      queues.get(Lane.BACKFILL).remove(documentId);
    }
    Receipt waiting = queues.get(lane).putIfAbsent(documentId, receipt);
    if (waiting == Receipt.NONE) {
      queues.get(lane).put(documentId, receipt);
    } else if (waiting != null) {
      receipt.done();
    }
  }

  /** Adds a document before all others. */
  void addFirst(Lane lane, long documentId) {
    queues.get(lane).putFirst(documentId, Receipt.NONE);
  }

  /** Takes the first documents of a lane. */
  SequencedMap<Long, Receipt> take(Lane lane, int count) {
    SequencedMap<Long, Receipt> queue = queues.get(lane);
    SequencedMap<Long, Receipt> taken = new LinkedHashMap<>();
    while (taken.size() < count && !queue.isEmpty()) {
      Map.Entry<Long, Receipt> first = queue.pollFirstEntry();
      taken.put(first.getKey(), first.getValue());
    }
    return taken;
  }

  /** Empties the queues, and returns who waited. */
  List<Receipt> clear() {
    List<Receipt> receipts = new ArrayList<>();
    queues
        .values()
        .forEach(
            queue -> {
              receipts.addAll(queue.values());
              queue.clear();
            });
    return receipts;
  }

  boolean isBehind() {
    return behind;
  }

  /** There are stale documents that are in no queue. */
  void fallBehind() {
    behind = true;
    reasons++;
  }

  /**
   * Whether its stale documents may be looked for now.
   *
   * @param idle none of its documents is in work
   */
  boolean wantsPage(long now, boolean idle, AgendaLimits limits) {
    return behind
        && !filling
        && now - notBefore >= 0
        && size(Lane.BACKFILL) <= limits.queue() / 2
        // What was found by the last pass is settled first, or it would be read again. Where
        // changes never cease that moment never comes, and what had no room would be left for ever.
        && (!settling || (idle && isEmpty()) || now - notBefore >= limits.patience().toNanos());
  }

  StalePage.Position beginPage() {
    filling = true;
    settling = false;
    if (position.equals(StalePage.START)) {
      answering = reasons;
      foundAny = false;
    }
    return position;
  }

  /** Takes in what was found. */
  void endPage(StalePage page, long nextPass) {
    filling = false;
    foundAny |= !page.documentIds().isEmpty();
    position = page.end();
    if (page.last()) {
      position = StalePage.START;
      notBefore = nextPass;
      settling = foundAny;
      // A pass that finds nothing is the proof, if no new reason came while it went.
      behind = foundAny || answering != reasons;
    }
  }

  /** The look failed. */
  void breakPage(long nextPass) {
    filling = false;
    position = StalePage.START;
    notBefore = nextPass;
  }

  boolean isFilling() {
    return filling;
  }
}
