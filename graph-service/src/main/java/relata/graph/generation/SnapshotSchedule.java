package relata.graph.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import relata.graph.snapshot.SnapshotConfig;

/** When a generation's snapshot is written again. */
final class SnapshotSchedule {
  private final SnapshotConfig config;

  SnapshotSchedule(SnapshotConfig config) {
    this.config = config;
  }

  /**
   * @param size how many documents there are
   * @param tried when it was tried last
   */
  boolean isDue(Unsaved unsaved, int size, Optional<Instant> tried, Instant now) {
    return (isObsolete(unsaved, now) && isPast(tried, shorter(), now))
        || (isMuch(unsaved, size) && isPast(tried, config.interval(), now));
  }

  /** Whether it holds for too long already what was deleted. */
  boolean isObsolete(Unsaved unsaved, Instant now) {
    return unsaved.obsoleteSince().isPresent()
        && isPast(unsaved.obsoleteSince(), config.eraseWithin(), now);
  }

  /** Whether the service should not end without writing it. */
  boolean isDueAtTheEnd(Unsaved unsaved, int size) {
    return unsaved.obsoleteSince().isPresent() || isMuch(unsaved, size);
  }

  private boolean isMuch(Unsaved unsaved, int size) {
    return unsaved.documents() > 0 && unsaved.documents() >= config.changedShare() * size;
  }

  private Duration shorter() {
    return config.interval().compareTo(config.eraseWithin()) < 0
        ? config.interval()
        : config.eraseWithin();
  }

  private static boolean isPast(Optional<Instant> since, Duration duration, Instant now) {
    return since.isEmpty() || !now.isBefore(since.get().plus(duration));
  }
}
