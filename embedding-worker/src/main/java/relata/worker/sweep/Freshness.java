package relata.worker.sweep;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * How fresh what is served is, over all active generations, for people and for autoscaling. Exact
 * as of the last count.
 */
@Singleton
class Freshness {
  private record Numbers(long documents, long covered, long pending, long dead, Instant oldest) {}

  private final Clock clock;
  private volatile Numbers numbers;

  Freshness(Clock clock, MeterRegistry meters) {
    this.clock = clock;
    this.numbers = new Numbers(0, 0, 0, 0, clock.instant());
    gauge(
        meters,
        "embedding.queue.depth",
        "Documents without up-to-date features",
        now -> now.pending);
    gauge(meters, "embedding.dead.letters", "Documents that nobody tries again", now -> now.dead);
    gauge(
        meters,
        "embedding.coverage.ratio",
        "Share of the documents whose features are up to date; 1 when there are none",
        now -> now.documents == 0 ? 1 : (double) now.covered / now.documents);
    TimeGauge.builder(
            "embedding.oldest.pending", this, TimeUnit.SECONDS, Freshness::oldestPendingSeconds)
        .description("Age of the oldest change without features")
        .register(meters);
  }

  /** Takes in a count, and returns how many documents are pending under any generation. */
  long update(List<Survey.Count> counts) {
    List<Survey.Count> active =
        counts.stream().filter(count -> count.generation().active()).toList();
    double oldest = active.stream().mapToDouble(Survey.Count::oldestPendingSeconds).max().orElse(0);
    numbers =
        new Numbers(
            active.stream().mapToLong(Survey.Count::documents).sum(),
            active.stream().mapToLong(Survey.Count::covered).sum(),
            active.stream().mapToLong(Survey.Count::pending).sum(),
            active.stream().mapToLong(Survey.Count::dead).sum(),
            clock.instant().minusMillis((long) (oldest * 1000)));
    return counts.stream().mapToLong(Survey.Count::pending).sum();
  }

  private double oldestPendingSeconds() {
    Numbers now = numbers;
    return now.pending == 0 ? 0 : Duration.between(now.oldest, clock.instant()).toMillis() / 1000.0;
  }

  private void gauge(
      MeterRegistry meters, String name, String description, ToDoubleFunction<Numbers> value) {
    Gauge.builder(name, this, self -> value.applyAsDouble(self.numbers))
        .description(description)
        .register(meters);
  }
}
