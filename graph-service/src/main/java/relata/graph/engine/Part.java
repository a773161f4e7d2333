package relata.graph.engine;

/**
 * Rows of one dimension that a scan goes over tile by tile: those of a segment in the order in
 * which they came, or those of several segments in lists.
 */
sealed interface Part permits Part.Unlisted, Lists {
  /** Null if the rows are compared as they are. */
  Sketches sketches();

  /** Slots, of which the last tile may have fewer than others. */
  int size();

  Segment segment(int slot);

  /** Of its segment. */
  int row(int slot);

  /** What a filter keeps what it knows by: the same as long as the slots have the same rows. */
  Object identity();

  /** The slots of a tile that there are. */
  default long present(int first) {
    int slots = size() - first;
    return slots >= Kernels.TILE ? -1 : (1L << slots) - 1;
  }

  default int tiles() {
    return (size() + Kernels.TILE - 1) / Kernels.TILE;
  }

  /**
   * A segment as it is.
   *
   * @param size how many of its rows there are
   */
  record Unlisted(Segment segment, int size) implements Part {
    @Override
    public Sketches sketches() {
      return segment.sketches();
    }

    @Override
    public Segment segment(int slot) {
      return segment;
    }

    @Override
    public int row(int slot) {
      return slot;
    }

    @Override
    public Object identity() {
      // A segment that is sketched anew keeps this array.
      return segment.documentIds;
    }
  }
}
