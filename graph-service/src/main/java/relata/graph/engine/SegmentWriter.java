package relata.graph.engine;

import static relata.graph.engine.NumberWriter.DOUBLES;
import static relata.graph.engine.NumberWriter.INTS;
import static relata.graph.engine.NumberWriter.LONGS;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the vectors of one state as {@link SegmentReader} reads them: those that were removed are
 * left out, and the rest moves together. What is in lists is written in their order.
 */
final class SegmentWriter implements AutoCloseable {
  private final State state;

  /** By dimension the one that sketches are made in now; others are not worth being saved. */
  private final Map<Integer, Frame> frames;

  private final int segmentRows;
  private final NumberWriter vectors;
  private final NumberWriter rows;
  private final NumberWriter sketches;

  SegmentWriter(State state, Map<Integer, Frame> frames, int segmentRows, Path folder)
      throws IOException {
    this.state = state;
    this.frames = frames;
    this.segmentRows = segmentRows;
    vectors = new NumberWriter(folder.resolve(SegmentReader.VECTORS));
    rows = new NumberWriter(folder.resolve(SegmentReader.ROWS));
    sketches = new NumberWriter(folder.resolve(SegmentReader.SKETCHES));
  }

  void write() throws IOException {
    for (int dimension : dimensions()) {
      Frame frame = frames.get(dimension);
      rows.write(dimension);
      rows.write(frame == null ? SegmentReader.NO_FRAME : SegmentReader.FRAME);
      if (frame != null) {
        frame.write(sketches);
      }
      Rows plain = new Rows(segmentRows);
      Rows sketched = new Rows(segmentRows);
      for (Part part : state.parts(dimension)) {
        boolean isSketched = frame != null && frameOf(part) == frame;
        if (isSketched && part instanceof Lists lists) {
          write(lists, frame);
        } else {
          collect(part, isSketched ? sketched : plain, isSketched ? frame : null);
        }
      }
      write(plain, null);
      write(sketched, frame);
      rows.write(SegmentReader.NO_MORE);
    }
  }

  private Set<Integer> dimensions() {
    Set<Integer> dimensions = new TreeSet<>();
    for (Segment segment : state.segments) {
      if (segment != null) {
        dimensions.add(segment.dimension);
      }
    }
    return dimensions;
  }

  private static Frame frameOf(Part part) {
    return part.sketches() == null ? null : part.sketches().frame();
  }

  private void collect(Part part, Rows into, Frame frame) throws IOException {
    for (int slot = 0; slot < part.size(); slot++) {
      if (state.holds(part.segment(slot), part.row(slot))) {
        into.add(part.segment(slot), part.row(slot));
        if (into.size == segmentRows) {
          write(into, frame);
          into.size = 0;
        }
      }
    }
  }

  private void write(Lists lists, Frame frame) throws IOException {
    Rows some = new Rows(lists.size());
    int[] starts = new int[lists.count() + 1];
    for (int list = 0; list < lists.count(); list++) {
      for (int slot = lists.start(list); slot < lists.start(list + 1); slot++) {
        if (state.holds(lists.segment(slot), lists.row(slot))) {
          some.add(lists.segment(slot), lists.row(slot));
        }
      }
      starts[list + 1] = some.size;
    }
    if (some.size > 0) {
      write(some, SegmentReader.LISTED);
      some.sketches(frame).write(sketches);
      sketches.write(lists.count());
      sketches.write(starts, starts.length, INTS);
      lists.centres().write(sketches);
    }
  }

  /**
   * @param frame null if they are not sketched in the newest
   */
  private void write(Rows some, Frame frame) throws IOException {
    if (some.size == 0) {
      return;
    }
    write(some, frame == null ? SegmentReader.PLAIN : SegmentReader.SKETCHED);
    if (frame != null) {
      some.sketches(frame).write(sketches);
    }
  }

  private void write(Rows some, int kind) throws IOException {
    rows.write(kind);
    rows.write(some.size);
    long[] documentIds = new long[some.size];
    double[] norms = new double[some.size];
    int[] ordinals = new int[some.size];
    for (int i = 0; i < some.size; i++) {
      Segment segment = some.segments[i];
      int row = some.rows[i];
      documentIds[i] = segment.documentIds[row];
      norms[i] = segment.norms[row];
      ordinals[i] = segment.ordinals[row];
      vectors.write(
          segment.memory().asSlice(segment.offset(row), Segment.vectorBytes(segment.dimension, 1)));
    }
    rows.write(documentIds, some.size, LONGS);
    rows.write(norms, some.size, DOUBLES);
    rows.write(ordinals, some.size, INTS);
    int missing = SegmentReader.capacity(some.size) - some.size;
    vectors.write(MemorySegment.ofArray(new float[missing * some.segments[0].dimension]));
  }

  /** Some rows of one dimension. */
  private static final class Rows {
    private final Segment[] segments;
    private final int[] rows;
    private int size;

    Rows(int room) {
      segments = new Segment[room];
      rows = new int[room];
    }

    void add(Segment segment, int row) {
      segments[size] = segment;
      rows[size++] = row;
    }

    /** Of all of them, in this frame. */
    Sketches sketches(Frame frame) {
      Sketches sketches = new Sketches(frame, SegmentReader.capacity(size));
      for (int i = 0; i < size; i++) {
        sketches.copy(i, segments[i].sketches(), segments[i].slot(rows[i]));
      }
      return sketches;
    }
  }

  @Override
  public void close() throws IOException {
    try (vectors;
        rows;
        sketches) {
      // All of them, whatever the others say.
    }
  }
}
