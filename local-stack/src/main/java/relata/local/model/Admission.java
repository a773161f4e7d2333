package relata.local.model;

import java.util.concurrent.Semaphore;

/**
 * Lets in no more requests, and no more bytes of their bodies, than a limit: it bounds both the
 * queue for the model and the memory that requests take.
 */
final class Admission {

  private final Semaphore requests;
  private final Semaphore bytes;

  Admission(int maxPending, int maxPendingBytes) {
    requests = new Semaphore(maxPending);
    bytes = new Semaphore(maxPendingBytes);
  }

  /** Never waits: a request beyond a limit gets a place that is not taken. */
  Place tryEnter(int bodyBytes) {
    if (!requests.tryAcquire()) {
      return Place.refused();
    }
    if (!bytes.tryAcquire(bodyBytes)) {
      requests.release();
      return Place.refused();
    }
    return new Place(
        true,
        () -> {
          bytes.release(bodyBytes);
          requests.release();
        });
  }

  /** A request's place; closing it lets the next one in. */
  record Place(boolean taken, Runnable leave) implements AutoCloseable {

    static Place notNeeded() {
      return new Place(true, () -> {});
    }

    private static Place refused() {
      return new Place(false, () -> {});
    }

    @Override
    public void close() {
      leave.run();
    }
  }
}
