package relata.api.problem;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * A warning that every request has reason for while something is away: said at once for the first
 * of them, and from then on no more often than every ten seconds, each time with how many had
 * reason for it since the line before.
 */
public final class SeldomWarning {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Logger log;
  private final LongSupplier nanos;
  private long requests;
  private boolean isSaid;
  private long saidAt;

  public SeldomWarning(Logger log) {
    this(log, System::nanoTime);
  }

  /**
   * @param nanos of any clock that only grows
   */
  SeldomWarning(Logger log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
  }

  /** A request had reason for it. */
  public void warn(String message) {
    counted().ifPresent(count -> log.warnf("%s requests=%d", message, count));
  }

  /** How many requests had reason for it since it was said last, if it is to be said now. */
  synchronized OptionalLong counted() {
    requests++;
    long now = nanos.getAsLong();
    if (isSaid && now - saidAt < PAUSE.toNanos()) {
      return OptionalLong.empty();
    }
    long count = requests;
    requests = 0;
    isSaid = true;
    saidAt = now;
    return OptionalLong.of(count);
  }
}
