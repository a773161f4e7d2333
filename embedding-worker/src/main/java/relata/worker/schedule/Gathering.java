package relata.worker.schedule;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets changes that come fast share batches, of which each costs all services statements and
 * messages however few documents it has: the next ones wait for others to join them. Where batches
 * take several times as long none waits: a model is waited for there, which several small batches
 * share better. See docs/adr/0041 and 0042.
 */
final class Gathering {
  /** How many times as long as changes wait it is remembered how they came. */
  private static final int KEPT = 10;

  /**
   * A batch that takes as many times as long as changes wait waits for a model. One that takes less
   * may have waited for a processor, of which small batches would take still more.
   */
  private static final int SLOW = 5;

  private final long nanos;
  private final int few;
  private final Map<Long, Rhythm> rhythms = new HashMap<>();

  /** How batches of a generation's changes followed each other. */
  private static final class Rhythm {
    /** Of the last one; there is a first one as well. */
    long start;

    /** Until when the next one waits; the start if it does not. */
    long end;

    /** The one that ended last did not wait for a model. */
    boolean isQuick;

    Rhythm(long start) {
      this.start = start;
      end = start;
    }
  }

  /**
   * @param time how long changes wait, from the start of the batch before; with 0 none does
   * @param few that do so if as many come in half of that
   */
  Gathering(Duration time, int few) {
    nanos = time.toNanos();
    this.few = few;
  }

  /** A batch of changes begins. */
  void began(Started batch) {
    rhythms.values().removeIf(rhythm -> batch.at() - rhythm.start >= KEPT * nanos);
    Rhythm known = rhythms.get(generationOf(batch));
    if (known == null) {
      rhythms.put(generationOf(batch), new Rhythm(batch.at()));
      return;
    }
    long since = batch.at() - known.start;
    boolean isFast = batch.documents().size() * nanos >= 2L * few * since;
    known.start = batch.at();
    known.end = known.isQuick && isFast ? batch.at() + nanos : batch.at();
  }

  /** A batch of changes is over. */
  void ended(Started batch, long now) {
    Rhythm known = rhythms.get(generationOf(batch));
    if (known != null) {
      known.isQuick = now - batch.at() < SLOW * nanos;
    }
  }

  /** Whether the next changes of a generation wait for others. */
  boolean waits(long generationId, long now) {
    Rhythm known = rhythms.get(generationId);
    return known != null && now - known.end < 0;
  }

  /** Whether what waits goes in one batch as soon as it may. */
  boolean isTogether(long generationId, long now) {
    Rhythm known = rhythms.get(generationId);
    return known != null && known.end - known.start > 0 && now - known.end < nanos;
  }

  /** Nanoseconds until the next ones have waited; the longest there is if none does. */
  long untilNext(long now) {
    return rhythms.values().stream()
        .mapToLong(rhythm -> rhythm.end - now)
        .filter(left -> left > 0)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static long generationOf(Started batch) {
    return batch.generation().generationId();
  }
}
