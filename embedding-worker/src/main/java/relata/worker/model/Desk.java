package relata.worker.model;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import relata.worker.gate.Lane;
import relata.worker.gate.Turn;

/**
 * Where batches do what is the worker's own part of them: claim, read, split, store. Calls to a
 * model go on beside it. While somebody searches or writes, the batches that nobody waits for do it
 * one at a time and half of the time: else they would take all cores, the database's too, with a
 * model that is faster than they are; with a slower one they wait for it anyway.
 */
@Singleton
public final class Desk {
  /** Where a batch sits, until it is closed. */
  @FunctionalInterface
  public interface Place extends AutoCloseable {
    /** Lets the next one sit down. */
    @Override
    void close();
  }

  private static final Place ANYWHERE = () -> {};

  private final Duration keptFree;
  private final Semaphore only = new Semaphore(1, true);
  private final Map<Lane, Long> used = new EnumMap<>(Lane.class);

  @Inject
  Desk(GateConfig config) {
    this(config.keptFree());
  }

  Desk(Duration keptFree) {
    this.keptFree = keptFree;
  }

  /** Whether batches of the lane go one at a time now, because somebody searches or writes. */
  public boolean isShared(Lane lane) {
    if (lane != Lane.BACKFILL) {
      return false;
    }
    long now = System.nanoTime();
    synchronized (used) {
      return used.entrySet().stream()
          .anyMatch(
              other ->
                  other.getKey().isBefore(lane) && now - other.getValue() < keptFree.toNanos());
    }
  }

  /**
   * Waits for a place. Whoever has one must not ask for another.
   *
   * @param turn whose batch it is
   */
  public Place sit(Turn turn) {
    if (!isShared(turn.lane())) {
      return ANYWHERE;
    }
    try {
      only.acquire();
      long since = System.nanoTime();
      return () -> leave(System.nanoTime() - since);
    } catch (InterruptedException stopping) {
      // What comes next gives back what was begun.
      Thread.currentThread().interrupt();
      return ANYWHERE;
    }
  }

  /** The next one sits down when the place has been empty for as long as it was taken. */
  private void leave(long taken) {
    Thread.ofVirtual()
        .name("desk")
        .start(
            () -> {
              LockSupport.parkNanos(Math.min(taken, keptFree.toNanos()));
              only.release();
            });
  }

  /** Somebody in the lane asks for something. */
  void used(Lane lane) {
    synchronized (used) {
      used.put(lane, System.nanoTime());
    }
  }
}
