package relata.graph.generation;

/** What is to be done about a generation. */
public enum Stage {
  /** Searched by users: its edges follow its features, before those of any other. */
  ACTIVE,
  /** Built in the background: its edges follow its features. */
  BUILDING,
  /** Paused or retired: what is deleted is removed, and nothing is added. */
  RESTING,
  /** Deleted, cancelled, failed, or retired for so long that it is to be erased. */
  GONE
}
