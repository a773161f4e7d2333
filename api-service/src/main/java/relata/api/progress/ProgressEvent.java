package relata.api.progress;

/** What a listener is told. */
sealed interface ProgressEvent {
  /**
   * How far the collection is.
   *
   * @param lookedAt when, in milliseconds since 1970
   * @param json the same as the status of the collection
   */
  record Status(long lookedAt, String json) implements ProgressEvent {}

  /** Nothing has changed. */
  record Heartbeat() implements ProgressEvent {}

  /** The collection was deleted: nothing more will come. */
  record Deleted() implements ProgressEvent {}
}
