package relata.graph.index;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/** How much this replica is searched by users. */
@Singleton
public final class LiveLoad {
  private static final int SECONDS = 10;

  private final TuneConfig config;
  private final InstantSource clock;
  private final AtomicInteger inFlight = new AtomicInteger();

  /** Searches begun in each of the last seconds, and which second that was. */
  private final int[] begun = new int[SECONDS];

  private final long[] second = new long[SECONDS];

  @Inject
  public LiveLoad(TuneConfig config) {
    this(config, InstantSource.system());
  }

  LiveLoad(TuneConfig config, InstantSource clock) {
    this.config = config;
    this.clock = clock;
  }

  /** Counts a search, until it is closed. */
  public Searching searching() {
    inFlight.incrementAndGet();
    count(clock.millis() / 1000);
    return inFlight::decrementAndGet;
  }

  /** A search under way. */
  public interface Searching extends AutoCloseable {
    @Override
    void close();
  }

  private synchronized void count(long now) {
    int at = (int) (now % SECONDS);
    begun[at] = second[at] == now ? begun[at] + 1 : 1;
    second[at] = now;
  }

  /** Whether trials would be in the way of searches. */
  boolean isHigh() {
    return inFlight.get() > config.maxSearchesInFlight()
        || perSecond() > config.maxSearchesPerSecond();
  }

  private synchronized double perSecond() {
    long now = clock.millis() / 1000;
    int sum = 0;
    for (int at = 0; at < SECONDS; at++) {
      sum += second[at] > now - SECONDS ? begun[at] : 0;
    }
    return (double) sum / SECONDS;
  }
}
