package relata.local.process;

import java.time.Duration;

/**
 * A process that another process started, and that may have lost its parent. Nobody here is told
 * when it ends, so that has to be looked at.
 */
public record ForeignProcess(ProcessHandle handle) {
  private static final Duration INTERVAL = Duration.ofMillis(20);

  /**
   * Waits for its end.
   *
   * @return false if it still runs after the time
   */
  public boolean awaitEnd(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!hasEnded()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      try {
        Thread.sleep(INTERVAL);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(
            "Interrupted while process " + handle.pid() + " was stopping.");
      }
    }
    return true;
  }

  /** An ended process that its new parent has not collected yet has a number and no program. */
  public boolean hasEnded() {
    return !handle.isAlive() || handle.info().command().isEmpty();
  }
}
