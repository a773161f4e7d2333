package relata.api.progress;

import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;

/**
 * One client that listens. The emitter keeps the latest event alone until the client takes it, so a
 * slow one costs no more memory than a fast one, and is told the latest when it comes round.
 */
final class Listener {
  private final MultiEmitter<? super ProgressEvent> emitter;
  private final Runnable disconnect;
  private long tookAtNanos = System.nanoTime();
  private long toldAtNanos = System.nanoTime();
  private boolean isDisconnected;

  /**
   * A client.
   *
   * @param disconnect closes its connection, whatever is still being sent over it; it leaves then
   */
  Listener(MultiEmitter<? super ProgressEvent> emitter, Runnable disconnect) {
    this.emitter = emitter;
    this.disconnect = disconnect;
  }

  void tell(ProgressEvent event) {
    toldAtNanos = System.nanoTime();
    emitter.emit(event);
  }

  /** Says that nothing has changed, unless something waits that says more. */
  void tellNothingNew(Duration heartbeat) {
    if (isReady() && isOver(toldAtNanos, heartbeat)) {
      tell(new ProgressEvent.Heartbeat());
    }
  }

  void end() {
    emitter.complete();
  }

  /** Disconnects a client that has taken nothing for so long. */
  void endIfStalled(Duration limit) {
    if (isReady()) {
      tookAtNanos = System.nanoTime();
    } else if (!isDisconnected && isOver(tookAtNanos, limit)) {
      isDisconnected = true;
      disconnect.run();
    }
  }

  private boolean isReady() {
    return emitter.requested() > 0;
  }

  private static boolean isOver(long sinceNanos, Duration limit) {
    return System.nanoTime() - sinceNanos > limit.toNanos();
  }
}
