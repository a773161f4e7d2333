package relata.graph.neighbor;

/** What becomes of a stored list when other documents changed. */
sealed interface ListUpdate {
  /** The list follows from the stored one and the changed documents. */
  record Known(NeighborList list) implements ListUpdate {}

  /** Somebody whom the stored list left out may belong in it now: compute it from the index. */
  record Refill() implements ListUpdate {}
}
