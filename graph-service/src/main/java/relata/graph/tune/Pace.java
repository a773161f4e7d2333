package relata.graph.tune;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a run is due by itself, and how many trials it may have.
 *
 * @param trialsAnHour of one index
 * @param cooldown in which nothing is promoted after the effort of searches was changed
 * @param checkEvery after which the current effort is measured again
 * @param retry in which nothing begins by itself after a run ended, however it did
 * @param growth how many times as large, or small, a collection is when it is tuned again
 * @param minChunks below which searches cost so little that nothing is tuned by itself
 */
public record Pace(
    int trialsAnHour,
    Duration cooldown,
    Duration checkEvery,
    Duration retry,
    double growth,
    int minChunks) {
  public Pace {
    if (trialsAnHour < 2 || !(growth > 1)) {
      throw new IllegalArgumentException("a run has two trials, and growth is more than 1");
    }
  }

  /**
   * An index as it is now.
   *
   * @param isCertain whether searches are certain now
   * @param measuredAt when their effort was measured last; null if never
   * @param changedAt when it was changed last; null if never
   * @param endedAt when the last run ended; null if there was none
   * @param tunedDocuments how many there were when an effort was last looked for; null if never
   * @param changedDocuments how many were put, changed or removed since then
   * @param trials how many were made within the last hour
   */
  public record Observed(
      int documents,
      int chunks,
      int queries,
      boolean isCertain,
      Instant measuredAt,
      Instant changedAt,
      Instant endedAt,
      Integer tunedDocuments,
      long changedDocuments,
      int trials) {}

  /** Why a run is due now, if one is. */
  public Optional<Cause> due(Observed index, double bar, Instant now) {
    if (trialsLeft(index.trials()) < 2
        || index.queries() < Recall.queriesFor(bar)
        || isWithin(retry, index.endedAt(), now)) {
      return Optional.empty();
    }
    boolean isAnother = hasBecomeAnother(index);
    if (isAnother
        && !isCoolingDown(index.changedAt(), now)
        && index.chunks() >= minChunks
        // A run that has not enough of them would count as one that found nothing.
        && 2 * trialsLeft(index.trials()) >= trialsAnHour) {
      return Optional.of(Cause.GROWTH);
    }
    // What was shown of another collection is not shown of this one.
    return !index.isCertain() && (isAnother || !isWithin(checkEvery, index.measuredAt(), now))
        ? Optional.of(Cause.CHECK)
        : Optional.empty();
  }

  /** Whether it is too early to promote anything. */
  public boolean isCoolingDown(Instant changedAt, Instant now) {
    return isWithin(cooldown, changedAt, now);
  }

  /** How many trials may be made now. */
  public int trialsLeft(int withinTheHour) {
    return Math.max(0, trialsAnHour - withinTheHour);
  }

  private boolean hasBecomeAnother(Observed index) {
    if (index.tunedDocuments() == null) {
      return true;
    }
    double before = Math.max(1, index.tunedDocuments());
    return index.documents() >= before * growth
        || index.documents() <= before / growth
        || index.changedDocuments() >= before * (growth - 1);
  }

  private static boolean isWithin(Duration span, Instant since, Instant now) {
    return since != null && now.isBefore(since.plus(span));
  }
}
