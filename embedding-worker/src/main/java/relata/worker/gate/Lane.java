package relata.worker.gate;

/** Lanes to the model server, most urgent first. */
public enum Lane {
  /** Search texts: a person waits for each. */
  QUERY,
  /** Changes as they come. */
  LIVE,
  /** Whatever else is stale. */
  BACKFILL;

  /** Whether it goes before the other. */
  public boolean isBefore(Lane other) {
    return compareTo(other) < 0;
  }
}
