package relata.graph.engine;

import java.util.concurrent.atomic.AtomicInteger;

/** One state of the index, as readers see it. */
final class State {
  /** Grows with each state. */
  final long version;

  /** By number; null where there is none. */
  final Segment[] segments;

  /** How many rows of each segment there are. */
  final int[] filled;

  final int documents;
  final int chunks;

  /** How many read this state now. */
  final AtomicInteger readers = new AtomicInteger();

  State(long version, Segment[] segments, int[] filled, int documents, int chunks) {
    this.version = version;
    this.segments = segments;
    this.filled = filled;
    this.documents = documents;
    this.chunks = chunks;
  }

  /** The rows of a tile that there are. */
  long tile(int segment, int firstRow) {
    int rows = filled[segment] - firstRow;
    return rows >= Kernels.TILE ? -1 : (1L << rows) - 1;
  }

  boolean holds(Segment segment, int row) {
    return segment.removedIn[row] > version;
  }
}
