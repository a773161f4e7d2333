package relata.local.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One model that is loaded by its first user and unloaded when nobody has used it for its
 * keep-alive. A model in use is never unloaded: who asked for that is served when the last user
 * leaves.
 *
 * @param <M> the loaded model
 */
final class ModelSlot<M> implements AutoCloseable {

  private final Supplier<M> load;
  private final Consumer<M> unload;
  private final Duration keepAliveDefault;
  private final Clock clock;
  private final ScheduledExecutorService timers;

  private final ReentrantLock lock = new ReentrantLock();
  private M model;
  private int users;
  private Duration keepAlive;
  private Instant expiresAt;
  private Future<?> timer;
  private long use;

  ModelSlot(
      Supplier<M> load,
      Consumer<M> unload,
      Duration keepAliveDefault,
      Clock clock,
      ScheduledExecutorService timers) {
    this.load = load;
    this.unload = unload;
    this.keepAliveDefault = keepAliveDefault;
    this.clock = clock;
    this.timers = timers;
  }

  /** A user's hold of the model, until it is closed. */
  final class Lease implements AutoCloseable {

    private final M held;

    private Lease(M held) {
      this.held = held;
    }

    M model() {
      return held;
    }

    @Override
    public void close() {
      release();
    }
  }

  /**
   * Loads the model if it is not loaded.
   *
   * @param wanted how long it stays loaded after this use; empty keeps what the last one said
   */
  Lease acquire(Optional<Duration> wanted) {
    lock.lock();
    try {
      if (model == null) {
        model = load.get();
        keepAlive = keepAliveDefault;
      }
      keepAlive = wanted.orElse(keepAlive);
      users++;
      use++;
      stopTimer();
      expiresAt = clock.instant().plus(keepAlive);
      return new Lease(model);
    } finally {
      lock.unlock();
    }
  }

  /** Unloads the model, now or when its last user leaves. */
  void expire() {
    lock.lock();
    try {
      keepAlive = Duration.ZERO;
      unloadIfIdle();
    } finally {
      lock.unlock();
    }
  }

  /** When the model will be unloaded if nobody uses it; empty if it is not loaded. */
  Optional<Instant> expiresAt() {
    lock.lock();
    try {
      return model == null ? Optional.empty() : Optional.of(expiresAt);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    expire();
  }

  private void release() {
    lock.lock();
    try {
      users--;
      expiresAt = clock.instant().plus(keepAlive);
      if (keepAlive.isZero()) {
        unloadIfIdle();
      } else if (users == 0 && !keepAlive.equals(KeepAlive.FOREVER)) {
        long idleSince = use;
        timer =
            timers.schedule(() -> timeOut(idleSince), keepAlive.toNanos(), TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A timer may fire while a new use is taking the lock; then it is no longer its turn. */
  private void timeOut(long idleSince) {
    lock.lock();
    try {
      if (use == idleSince) {
        unloadIfIdle();
      }
    } finally {
      lock.unlock();
    }
  }

  private void unloadIfIdle() {
    if (users == 0 && model != null) {
      stopTimer();
      unload.accept(model);
      model = null;
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
