package relata.api.limit;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import relata.api.limit.Decision.Refused;
import relata.api.limit.Decision.Taken;
import relata.api.limit.Decision.Unknown;

/**
 * What one replica holds of a caller's requests. It hands out only what was granted from the common
 * bucket, so however the requests fall on the replicas, they never are more than the bucket had;
 * and it holds no more than a slice and a half that others could use. Times are those of a steady
 * clock in nanoseconds. Safe for many threads.
 */
final class Share {
  private final Rate rate;

  private long held;
  private double inBucket;
  private int waiting;
  private long askedAt;
  private long quietBefore;
  private long askAgainAt;
  private CompletableFuture<Void> asking;

  /**
   * Of a caller of whom nothing is known.
   *
   * @param now when that is
   */
  Share(Rate rate, long now) {
    this.rate = rate;
    this.askedAt = now;
    this.askAgainAt = now;
  }

  /** Takes one request, if it can be told whether there is one. */
  synchronized Decision take(long now) {
    if (held > 0) {
      held--;
      return new Taken((long) (held + inBucket));
    }
    if (asking == null && now < askAgainAt) {
      return new Refused(Duration.ofNanos(askAgainAt - now));
    }
    waiting++;
    return new Unknown();
  }

  /**
   * How many to ask for now; whoever gets a number does ask, and says {@link #granted} or {@link
   * #failed}. Empty if there is no need, or somebody asks already.
   */
  synchronized OptionalInt wish(long now) {
    if (asking != null || now < askAgainAt || held > rate.slice() / 2) {
      return OptionalInt.empty();
    }
    asking = new CompletableFuture<>();
    quietBefore = now - askedAt;
    askedAt = now;
    return OptionalInt.of(rate.slice() + waiting);
  }

  /** Ends when what was asked is known. */
  synchronized CompletableFuture<Void> asked() {
    return asking == null ? CompletableFuture.completedFuture(null) : asking;
  }

  /**
   * What the common bucket gave. Less than was asked for is all that it had: nobody asks again
   * before it has another slice, or who is refused would cost a statement each time.
   *
   * @param left what is left in it, which may be less than one
   */
  void granted(int wish, double granted, double left, long now) {
    end(
        () -> {
          held += (long) granted;
          inBucket = left;
          if (granted < wish) {
            askAgainAt = now + rate.nanosFor(rate.slice() - left);
          }
        });
  }

  /** Nobody could be asked: what the caller gained since the last time is granted here. */
  void failed(long now) {
    end(
        () -> {
          double gained = Math.max(rate.slice(), rate.gained(quietBefore + now - askedAt));
          held += (long) Math.min(gained, rate.burst());
          inBucket = 0;
          askAgainAt = now + rate.nanosFor(rate.slice());
        });
  }

  private void end(Runnable change) {
    CompletableFuture<Void> ended;
    synchronized (this) {
      change.run();
      waiting = 0;
      ended = asking;
      asking = null;
    }
    // Outside of the lock: whoever waited takes one here at once.
    ended.complete(null);
  }
}
