package relata.worker.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import relata.worker.gate.Lane;

/**
 * Remembers that a model has no room or does not answer, so that nobody asks it again before the
 * time that the server named, or a growing time of our own. Then one call is let through, and what
 * it meets decides. While it is open no document of that model is claimed: what is stale stays
 * stale, costs no try, and is taken up when it closes.
 */
public final class Breaker {
  private static final Logger LOG = Logger.getLogger(Breaker.class);

  private final String model;
  private final BusyConfig config;
  private final Clock clock;
  private Instant openUntil = Instant.MIN;

  /** How often it opened since the model last answered. */
  private int openings;

  /** Calls in a row without an answer. */
  private int unanswered;

  /** When the one call went that is let through; null when none is on its way. */
  private Instant trialSince;

  private Instant answeredAt;
  private boolean busy;
  private String reason = "";

  Breaker(String model, BusyConfig config, Clock clock) {
    this.model = model;
    this.config = config;
    this.clock = clock;
  }

  /** Nobody should ask now. */
  public synchronized boolean isOpen() {
    return isWaiting() || isOnTrial();
  }

  /** It did not answer last, and nothing is known since. */
  public synchronized boolean isProbed() {
    return openings > 0;
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

  /**
   * Asks to make a call, whose end is then told by {@link #answered} or {@link #failed}. A search
   * text goes to a server that only has no room: it is one text, and a person waits.
   *
   * @return why it may not be made; empty if it may
   */
  public synchronized Optional<ModelFailure.Busy> enter(Lane lane) {
    if (isWaiting() && lane == Lane.QUERY && busy) {
      return Optional.empty();
    }
    Optional<ModelFailure.Busy> refusal = refusal();
    if (refusal.isEmpty() && openings > 0) {
      trialSince = clock.instant();
    }
    return refusal;
  }

  /** What a call would be told that is not to be made; empty if it is closed. */
  synchronized Optional<ModelFailure.Busy> refusal() {
    return reason()
        .map(
            code ->
                new ModelFailure.Busy(
                    code,
                    "The model server is left alone for a while: it has no room or does not answer.",
                    Optional.of(untilClosed())));
  }

  /** When the model answered last; empty if it has not yet. */
  public synchronized Optional<Instant> answeredAt() {
    return Optional.ofNullable(answeredAt);
  }

  /** The model answered, if only that it does not want the text. */
  public synchronized void answered() {
    if (openings > 0) {
      LOG.infof("model answers again model=%s openings=%d", model, openings);
    }
    openings = 0;
    unanswered = 0;
    trialSince = null;
    openUntil = Instant.MIN;
    answeredAt = clock.instant();
  }

  /** Opens or closes according to what a call met. */
  public synchronized void failed(ModelFailure failure) {
    switch (failure) {
      // It says nothing about the server.
      case ModelFailure.Busy ours when ours.code().equals(ModelFailure.INTERRUPTED) ->
          trialSince = null;
      case ModelFailure.Busy noRoom -> {
        boolean alone = trialSince != null;
        trialSince = null;
        // Calls that were on their way together are one refusal, or they would add up to minutes.
        if (!isWaiting() || alone) {
          open(noRoom.code(), noRoom.reason(), noRoom.retryAfter().orElseGet(this::nextWait), true);
        }
      }
      case ModelFailure.Transient passing -> {
        boolean alone = trialSince != null;
        trialSince = null;
        unanswered++;
        if (!isWaiting() && (alone || unanswered >= config.failures())) {
          open(passing.code(), passing.reason(), nextWait(), false);
        }
      }
      case ModelFailure.Refused _, ModelFailure.Missing _ -> answered();
    }
  }

  /** Opens it whatever calls met: somebody found out that the model does not answer. */
  public synchronized void open(String code, String why) {
    if (!isWaiting()) {
      open(code, why, nextWait(), false);
    }
  }

  private void open(String code, String why, Duration asked, boolean noRoom) {
    Duration wait = asked.compareTo(config.longest()) > 0 ? config.longest() : asked;
    wait = wait.compareTo(config.shortest()) < 0 ? config.shortest() : wait;
    openings++;
    unanswered = 0;
    reason = code;
    busy = noRoom;
    openUntil = clock.instant().plus(wait);
    LOG.warnf("model left alone model=%s code=%s reason=\"%s\" wait=%s", model, code, why, wait);
  }

  private boolean isWaiting() {
    return clock.instant().isBefore(openUntil);
  }

  /** One that is never heard of again must not keep all others out for ever. */
  private boolean isOnTrial() {
    return trialSince != null && clock.instant().isBefore(trialSince.plus(config.trial()));
  }

  private Duration nextWait() {
    long doubled = config.first().toMillis() << Math.min(openings, 20);
    long millis = Math.min(doubled, config.longest().toMillis());
    // Workers that were refused together must not come back together.
    return Duration.ofMillis(millis / 2 + RandomGenerator.getDefault().nextLong(millis / 2 + 1));
  }
}
