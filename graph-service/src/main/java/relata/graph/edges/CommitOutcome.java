package relata.graph.edges;

/** What became of a batch of changed documents. */
public sealed interface CommitOutcome {
  /**
   * Edges or nodes changed.
   *
   * @param commitSeq number of the commit within the generation, from 1 up
   * @param documents how many documents were dealt with
   * @param neighborRows how many entries of lists were written or deleted
   */
  record Committed(long commitSeq, int documents, int neighborRows) implements CommitOutcome {}

  /** Everything was as it has to be, and nothing was written. */
  record Unchanged() implements CommitOutcome {}

  /** There is no such generation any more; what was left of it is erased. */
  record Gone() implements CommitOutcome {}

  /** The value of the meter's tag. */
  default String tag() {
    return switch (this) {
      case Committed committed -> "committed";
      case Unchanged unchanged -> "unchanged";
      case Gone gone -> "gone";
    };
  }
}
