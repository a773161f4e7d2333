package relata.graph.broker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.nats.client.api.ConsumerInfo;
import java.util.concurrent.TimeUnit;

/**
 * How far a consumer is behind, as the broker last said. What the broker counts is the same for all
 * replicas that share a consumer.
 */
public final class ConsumerLag {
  private volatile Seen seen = new Seen(0, 0, System.nanoTime());

  /** When the oldest event that is not dealt with last was another one. */
  private record Seen(long pending, long floor, long movedAt) {}

  /**
   * @param consumer a name that is the same for every replica and after every start
   */
  public ConsumerLag(String consumer, MeterRegistry meters) {
    Gauge.builder("relata.consumer.pending", this, lag -> lag.seen.pending())
        .description("Events that are not dealt with, at the broker or in hand")
        .baseUnit("events")
        .tag("consumer", consumer)
        .register(meters);
    TimeGauge.builder(
            "relata.consumer.stalled", this, TimeUnit.NANOSECONDS, ConsumerLag::stalledNanos)
        .description("Time for which there were such events and the oldest of them is the same")
        .tag("consumer", consumer)
        .register(meters);
  }

  void see(ConsumerInfo info) {
    Seen before = seen;
    long pending = info.getNumPending() + info.getNumAckPending();
    long floor = info.getAckFloor().getStreamSequence();
    boolean stands = before.pending() > 0 && pending > 0 && floor == before.floor();
    seen = new Seen(pending, floor, stands ? before.movedAt() : System.nanoTime());
  }

  private double stalledNanos() {
    Seen now = seen;
    return now.pending() == 0 ? 0 : System.nanoTime() - now.movedAt();
  }
}
