package relata.graph.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Some rows of one dimension, appended one after the other and never changed while a reader may see
 * them. A row of which the vector was removed says since which version of the index that is.
 *
 * <p>The sketches are made later than the first rows, and made anew when the frame is: a segment
 * with other sketches is another object over the same rows.
 */
final class Segment {
  /** A row that is there. */
  static final long ALIVE = Long.MAX_VALUE;

  /** No further row of the document. */
  static final int NO_ROW = -1;

  final int dimension;
  final long[] documentIds;
  final int[] ordinals;

  /** Exact lengths; 0 for a zero vector, which is similar to nothing. */
  final double[] norms;

  /** The version of the index that no longer has the row. */
  final long[] removedIn;

  /** The document's next row, over all segments. */
  final int[] nextRows;

  private final Region region;
  private final MemorySegment memory;

  /** Null until there is a frame. */
  private final Sketches sketches;

  /** Who has the sketches; null if they are the segment's own, in the order of its rows. */
  private final Lists lists;

  /** Where in the lists each row is. */
  private final int[] slots;

  Segment(int dimension, int rows, Region region, Frame frame) {
    this.dimension = dimension;
    this.region = region;
    memory = region.memory();
    documentIds = new long[rows];
    ordinals = new int[rows];
    norms = new double[rows];
    removedIn = new long[rows];
    nextRows = new int[rows];
    Arrays.fill(removedIn, ALIVE);
    sketches = frame == null ? null : new Sketches(frame, rows);
    lists = null;
    slots = null;
  }

  private Segment(Segment other, Sketches sketches, Lists lists, int[] slots) {
    dimension = other.dimension;
    region = other.region;
    memory = other.memory;
    documentIds = other.documentIds;
    ordinals = other.ordinals;
    norms = other.norms;
    removedIn = other.removedIn;
    nextRows = other.nextRows;
    this.sketches = sketches;
    this.lists = lists;
    this.slots = slots;
  }

  Segment with(Sketches others) {
    return new Segment(this, others, null, null);
  }

  /**
   * @param others where the sketch of each row is there; {@link #NO_ROW} for one that is gone
   */
  Segment in(Lists wider, int[] others) {
    return new Segment(this, wider.sketches(), wider, others);
  }

  static long vectorBytes(int dimension, int rows) {
    return (long) rows * dimension * Float.BYTES;
  }

  int rows() {
    return norms.length;
  }

  Sketches sketches() {
    return sketches;
  }

  /** Null if it is in none. */
  Lists lists() {
    return lists;
  }

  /** Where the sketch of a row is. */
  int slot(int row) {
    return slots == null ? row : slots[row];
  }

  Frame frame() {
    return sketches == null ? null : sketches.frame();
  }

  MemorySegment memory() {
    return memory;
  }

  long offset(int row) {
    return vectorBytes(dimension, row);
  }

  void set(int row, long documentId, int ordinal, float[] vector, double norm) {
    MemorySegment.copy(vector, 0, memory, ValueLayout.JAVA_FLOAT_UNALIGNED, offset(row), dimension);
    documentIds[row] = documentId;
    ordinals[row] = ordinal;
    norms[row] = norm;
    removedIn[row] = ALIVE;
    nextRows[row] = NO_ROW;
    if (sketches != null) {
      sketches.set(row, vector, norm);
    }
  }

  void read(int row, float[] into, int at) {
    MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT_UNALIGNED, offset(row), into, at, dimension);
  }

  /** Whether the row's vector is, bit for bit, these numbers. */
  boolean holds(int row, float[] values, int at) {
    return MemorySegment.mismatch(
            MemorySegment.ofArray(values),
            (long) at * Float.BYTES,
            (long) (at + dimension) * Float.BYTES,
            memory,
            offset(row),
            offset(row + 1))
        < 0;
  }

  /** Overwrites what a reader can no longer see. */
  void erase(int row) {
    memory.asSlice(offset(row), vectorBytes(dimension, 1)).fill((byte) 0);
    documentIds[row] = 0;
    ordinals[row] = 0;
    norms[row] = 0;
    eraseSketch(row);
  }

  void eraseSketch(int row) {
    if (sketches != null && slot(row) != NO_ROW) {
      sketches.erase(slot(row));
    }
  }

  /** On the heap, without its lists. */
  long heapBytes() {
    long row = 3L * Long.BYTES + 2L * Integer.BYTES;
    long own =
        lists != null
            ? (long) Integer.BYTES * slots.length
            : frame() == null ? 0 : sketches.sizeBytes();
    return rows() * row + own;
  }

  long mappedBytes() {
    return region.sizeBytes();
  }

  void release() {
    region.release();
  }
}
