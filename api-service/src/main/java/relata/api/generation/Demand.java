package relata.api.generation;

/** What a generation must be for a switch to it. */
enum Demand {
  /** Whole, and no document that is served now is dead in it. */
  NOTHING_LOST,
  /** Whole; its user takes it with the documents that are dead in it. */
  WHOLE,
  /** Served once: its user takes it as it is. */
  SERVED_BEFORE
}
