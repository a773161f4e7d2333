package relata.api.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** When each generation is looked at next: the further from whole, the later. Thread-safe. */
final class Pace {
  /** A look may take this share of the time at most. */
  private static final int REST = 20;

  private final GenerationConfig config;
  private final Map<Long, Instant> next = new ConcurrentHashMap<>();

  Pace(GenerationConfig config) {
    this.config = config;
  }

  /** Those that are not to be looked at yet; the others are forgotten. */
  Set<Long> resting(Instant now) {
    next.values().removeIf(due -> !due.isAfter(now));
    return Set.copyOf(next.keySet());
  }

  /** Notes a look that found so many documents missing. */
  void looked(long generation, long missing, Duration took, Instant now) {
    Duration atBest =
        Duration.ofMillis(missing * 1_000 / Math.max(1, config.fastestDocumentsPerSecond()));
    Duration pause = max(max(config.lookInterval(), atBest), took.multipliedBy(REST));
    next.put(generation, now.plus(min(pause, config.maxLookInterval())));
  }

  /** Notes a look that came to nothing: what it needs is away, for seconds as a rule. */
  void failed(long generation, Instant now) {
    Duration pause = config.lookInterval().multipliedBy(5);
    next.put(generation, now.plus(min(pause, config.maxLookInterval())));
  }

  /** Notes that nothing will come of the next looks for a while. */
  void rests(long generation, Instant now) {
    next.put(generation, now.plus(config.maxLookInterval()));
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
