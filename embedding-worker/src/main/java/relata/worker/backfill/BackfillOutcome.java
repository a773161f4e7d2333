package relata.worker.backfill;

/** How a backfill ended. */
public enum BackfillOutcome {
  /** Nothing is left. */
  DONE(0),
  /** It could not work. */
  BROKEN(1),
  /** Some documents are dead, or wait for a person. */
  LEFT(2),
  /** Documents are left, and nothing went on: a model is missing, or its server away. */
  STALLED(3),
  /** What it was asked for does not exist. */
  MISUSED(64),
  /** It was told to stop, and gave back what it had: the code of a process that SIGTERM ended. */
  STOPPED(143);

  private final int exitCode;

  BackfillOutcome(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
