package relata.graph.engine;

import java.util.List;

/**
 * Sketches of the rows of some full segments, with those together that are alike: a list has the
 * rows that one centre is the nearest of (docs/adr/0012-lists-by-what-is-alike.md). Made as a whole
 * and made anew as a whole; nothing is added, and what is removed is erased where it is.
 */
final class Lists implements Part {
  private final Sketches sketches;
  private final Centres centres;

  /** Where the slots of each list begin, and where those of the last end. */
  private final int[] starts;

  /** By slot the place of its segment, times the rows that one may have, and its row there. */
  private final int[] places;

  private final Segment[] segments;
  private final int segmentRows;

  /**
   * @param members the segments as they were
   * @param slots of each of their rows; {@link Segment#NO_ROW} for one that was gone
   */
  Lists(
      Sketches sketches,
      Centres centres,
      int[] starts,
      int[] places,
      Segment[] members,
      int[][] slots,
      int segmentRows) {
    this.sketches = sketches;
    this.centres = centres;
    this.starts = starts;
    this.places = places;
    this.segmentRows = segmentRows;
    segments = new Segment[members.length];
    for (int i = 0; i < members.length; i++) {
      segments[i] = members[i].in(this, slots[i]);
    }
  }

  /** How many lists some parts have. */
  static int count(List<Part> parts) {
    int count = 0;
    for (Part part : parts) {
      count += part instanceof Lists lists ? lists.count() : 0;
    }
    return count;
  }

  /** The segments that were listed, in the order of the members, with their sketches here. */
  Segment[] segments() {
    return segments;
  }

  int count() {
    return centres.count();
  }

  Centres centres() {
    return centres;
  }

  /** Where the slots of a list begin; those of {@link #count} are the end. */
  int start(int list) {
    return starts[list];
  }

  @Override
  public Sketches sketches() {
    return sketches;
  }

  @Override
  public int size() {
    return places.length;
  }

  @Override
  public Segment segment(int slot) {
    return segments[places[slot] / segmentRows];
  }

  @Override
  public int row(int slot) {
    return places[slot] % segmentRows;
  }

  @Override
  public Object identity() {
    return places;
  }

  /** On the heap. */
  long sizeBytes() {
    return sketches.sizeBytes()
        + centres.sizeBytes()
        + (long) Integer.BYTES * (starts.length + places.length);
  }
}
