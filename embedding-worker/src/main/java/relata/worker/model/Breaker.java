package relata.worker.model;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Remembers that the model server has no room, so that nobody asks it again before the time that it
 * named, or a growing time of our own. While it is open no document is claimed: what is stale stays
 * stale, costs no try, and is found by the sweep that starts when it closes.
 */
@Singleton
public final class Breaker {
  private static final Logger LOG = Logger.getLogger(Breaker.class);

  private final BusyConfig config;
  private final Clock clock;
  private Instant openUntil = Instant.MIN;
  private int refusals;
  private String reason = "";

  Breaker(BusyConfig config, Clock clock, MeterRegistry meters) {
    this.config = config;
    this.clock = clock;
    meters.gauge("relata.model.breaker.open", this, breaker -> breaker.isOpen() ? 1 : 0);
  }

  /** Nobody should ask now. */
  public synchronized boolean isOpen() {
    return clock.instant().isBefore(openUntil);
  }

  /** How long to wait before the next try; short, but never nothing, if it is closed. */
  public synchronized Duration untilClosed() {
    Instant now = clock.instant();
    Duration shortest = config.shortest();
    return openUntil.isBefore(now.plus(shortest)) ? shortest : Duration.between(now, openUntil);
  }

  /** Why it is open; empty if it is closed. */
  public synchronized Optional<String> reason() {
    return isOpen() ? Optional.of(reason) : Optional.empty();
  }

  /** Opens or closes according to what a call met. */
  public void learn(ModelAnswer answer) {
    switch (answer) {
      case ModelFailure.Busy busy when busy.code().equals(ModelFailure.INTERRUPTED) -> {
        // It says nothing about the server.
      }
      case ModelFailure.Busy busy -> refused(busy);
      // No answer in time, or a broken one: neither a sign of room nor of none.
      case ModelFailure.Transient _ -> {}
      case ModelFailure.Refused _, ModelFailure.Missing _, ModelAnswer.Vectors _ -> answered();
    }
  }

  private synchronized void refused(ModelFailure.Busy busy) {
    // Calls that were on their way together are one refusal, or they would add up to minutes.
    if (isOpen()) {
      return;
    }
    Duration wait = busy.retryAfter().orElseGet(this::nextWait);
    wait = wait.compareTo(config.longest()) > 0 ? config.longest() : wait;
    wait = wait.compareTo(config.shortest()) < 0 ? config.shortest() : wait;
    refusals++;
    reason = busy.code();
    openUntil = clock.instant().plus(wait);
    LOG.warnf("model server busy code=%s reason=\"%s\" wait=%s", busy.code(), busy.reason(), wait);
  }

  private synchronized void answered() {
    if (refusals > 0) {
      LOG.infof("model server answers again refusals=%d", refusals);
    }
    refusals = 0;
    openUntil = Instant.MIN;
  }

  private Duration nextWait() {
    long doubled = config.first().toMillis() << Math.min(refusals, 20);
    long millis = Math.min(doubled, config.longest().toMillis());
    // Workers that were refused together must not come back together.
    return Duration.ofMillis(millis / 2 + RandomGenerator.getDefault().nextLong(millis / 2 + 1));
  }
}
