package relata.worker.backfill;

import java.time.Duration;
import java.time.Instant;

/**
 * Notices when nothing goes on any more. Something does while documents become done or dead, while
 * tries are used up, of which each document has only so many, and while one is due later. Tries
 * that do not count, because a model is missing or left alone, may go on for ever.
 */
final class Standstill {
  private final Duration limit;
  private Remaining last;
  private Instant since;
  private long tries;

  Standstill(Duration limit) {
    this.limit = limit;
  }

  /** Whether by now nothing has gone on for as long as the limit. */
  boolean lasts(Remaining remaining, Instant now) {
    if (last == null || goesOn(remaining)) {
      since = now;
      tries = remaining.tries();
    }
    last = remaining;
    return !now.isBefore(since.plus(limit));
  }

  /** Whether it has lasted for twice the limit by now. */
  boolean lastsLong(Instant now) {
    return !now.isBefore(since.plus(limit.multipliedBy(2)));
  }

  private boolean goesOn(Remaining remaining) {
    return remaining.pending() < last.pending()
        || remaining.dead() > last.dead()
        || remaining.tries() > tries
        || remaining.due() > 0;
  }
}
