package relata.local.model;

import java.util.concurrent.Semaphore;

/** Counts the requests that hold memory or wait for the model, and lets no more than a limit in. */
final class Admission {

  private final Semaphore places;

  Admission(int maxPending) {
    places = new Semaphore(maxPending);
  }

  /** Never waits: a request beyond the limit gets a place that is not taken. */
  Place tryEnter() {
    return places.tryAcquire() ? new Place(true, places::release) : new Place(false, () -> {});
  }

  /** A request's place; closing it lets the next one in. */
  record Place(boolean taken, Runnable leave) implements AutoCloseable {

    static Place notNeeded() {
      return new Place(true, () -> {});
    }

    @Override
    public void close() {
      leave.run();
    }
  }
}
