package relata.graph.engine;

import static relata.graph.engine.NumberWriter.DOUBLES;
import static relata.graph.engine.NumberWriter.INTS;
import static relata.graph.engine.NumberWriter.LONGS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the segments that {@link SegmentWriter} wrote. The numbers of the vectors are mapped, not
 * read.
 *
 * <ul>
 *   <li>{@value #VECTORS}: the rows of the parts, each part filled up to whole tiles with zeros;
 *   <li>{@value #ROWS}: for each dimension, it, whether it has a frame, and its parts: what kind it
 *       is and how many rows it has, then of all its rows the document ids, the lengths, and the
 *       ordinals; after the last part {@value #NO_MORE};
 *   <li>{@value #SKETCHES}: for each dimension with a frame the frame, and for each part that is
 *       not plain its sketches, and for each in lists where these begin, and their centres.
 * </ul>
 */
final class SegmentReader implements AutoCloseable {
  static final String VECTORS = "vectors.f32";
  static final String ROWS = "rows";
  static final String SKETCHES = "sketches";

  static final int NO_FRAME = 0;
  static final int FRAME = 1;

  static final int NO_MORE = 0;
  static final int PLAIN = 1;
  static final int SKETCHED = 2;
  static final int LISTED = 3;

  private final Kernels kernels;
  private final int segmentRows;
  private final FileChannel vectors;
  private final NumberReader rows;
  private final NumberReader sketches;

  /** Where the next part's vectors begin. */
  private long offset;

  private final List<Frame> frames = new ArrayList<>();
  private final List<Segment> segments = new ArrayList<>();

  private SegmentReader(Path folder, int segmentRows, Kernels kernels) throws IOException {
    this.kernels = kernels;
    this.segmentRows = segmentRows;
    rows = new NumberReader(folder.resolve(ROWS));
    sketches = new NumberReader(folder.resolve(SKETCHES));
    vectors =
        FileChannel.open(
            folder.resolve(VECTORS), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Rows that a saved segment has room for. */
  static int capacity(int rows) {
    return (rows + Kernels.TILE - 1) / Kernels.TILE * Kernels.TILE;
  }

  /**
   * @param frames the newest of each dimension that has one
   * @param segments of which the rows that fill the last tile up are gone
   */
  record Saved(List<Frame> frames, List<Segment> segments) {}

  /**
   * @throws IOException if a file cannot be read, or does not fit to the others
   */
  static Saved read(Path folder, int segmentRows, Kernels kernels) throws IOException {
    try (SegmentReader reader = new SegmentReader(folder, segmentRows, kernels)) {
      return reader.read();
    }
  }

  private Saved read() throws IOException {
    while (!rows.isAtEnd()) {
      int dimension = rows.readCount(Integer.MAX_VALUE);
      Frame frame = rows.readInt() == NO_FRAME ? null : Frame.read(sketches, kernels);
      if (frame != null) {
        frames.add(frame);
      }
      for (int kind = rows.readInt(); kind != NO_MORE; kind = rows.readInt()) {
        if (kind > PLAIN && frame == null) {
          throw new IOException("sketches of dimension %d have no frame".formatted(dimension));
        }
        readPart(dimension, kind, frame);
      }
    }
    if (!sketches.isAtEnd() || offset != vectors.size()) {
      throw new IOException("%s or %s go on after their rows".formatted(SKETCHES, VECTORS));
    }
    return new Saved(List.copyOf(frames), List.copyOf(segments));
  }

  private void readPart(int dimension, int kind, Frame frame) throws IOException {
    int size = rows.readCount(Integer.MAX_VALUE - Kernels.TILE);
    Segment[] members = members(dimension, size);
    if (kind != LISTED && members.length > 1) {
      throw new IOException("a segment has %d rows".formatted(size));
    }
    switch (kind) {
      case PLAIN -> segments.add(members[0]);
      case SKETCHED ->
          segments.add(members[0].with(Sketches.read(frame, capacity(size), sketches)));
      case LISTED -> segments.addAll(List.of(lists(size, members, frame).segments()));
      default -> throw new IOException("no part is of kind %d".formatted(kind));
    }
  }

  private Segment[] members(int dimension, int size) throws IOException {
    long[] documentIds = rows.read(new long[size], size, LONGS);
    double[] norms = rows.read(new double[size], size, DOUBLES);
    int[] ordinals = rows.read(new int[size], size, INTS);
    Segment[] members = new Segment[(size + segmentRows - 1) / segmentRows];
    for (int i = 0; i < members.length; i++) {
      int from = i * segmentRows;
      int some = Math.min(segmentRows, size - from);
      Segment segment = new Segment(dimension, capacity(some), region(dimension, some), null);
      System.arraycopy(documentIds, from, segment.documentIds, 0, some);
      System.arraycopy(norms, from, segment.norms, 0, some);
      System.arraycopy(ordinals, from, segment.ordinals, 0, some);
      Arrays.fill(segment.nextRows, Segment.NO_ROW);
      // What fills the last tile up was never there.
      Arrays.fill(segment.removedIn, some, segment.rows(), 0);
      members[i] = segment;
    }
    return members;
  }

  private Region region(int dimension, int some) throws IOException {
    long bytes = Segment.vectorBytes(dimension, capacity(some));
    if (vectors.size() - offset < bytes) {
      throw new IOException("%s ends before its rows do".formatted(VECTORS));
    }
    Region region = Region.copyOf(vectors, offset, bytes);
    offset += bytes;
    return region;
  }

  /** They were written in their order. */
  private Lists lists(int size, Segment[] members, Frame frame) throws IOException {
    Sketches of = Sketches.read(frame, capacity(size), sketches);
    int count = sketches.readCount(Integer.MAX_VALUE - 1);
    int[] starts = sketches.read(new int[count + 1], count + 1, INTS);
    if (starts[count] != size) {
      throw new IOException("lists have %d of %d rows".formatted(starts[count], size));
    }
    Centres centres = Centres.read(count, frame.width(), sketches);
    int[] places = new int[size];
    Arrays.setAll(places, slot -> slot);
    int[][] slots = new int[members.length][];
    for (int i = 0; i < members.length; i++) {
      slots[i] = new int[members[i].rows()];
      int first = i * segmentRows;
      Arrays.setAll(slots[i], row -> first + row < size ? first + row : Segment.NO_ROW);
    }
    return new Lists(of, centres, starts, places, members, slots, segmentRows);
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
