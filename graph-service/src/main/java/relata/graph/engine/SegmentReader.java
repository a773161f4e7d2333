package relata.graph.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the segments that {@link SegmentWriter} wrote. The numbers of the vectors are mapped, not
 * read. All integers are little-endian.
 *
 * <ul>
 *   <li>{@value #VECTORS}: the rows of the segments, each filled up to whole tiles with zeros;
 *   <li>{@value #ROWS}: for each segment its dimension and how many rows it has, then of all its
 *       rows the document ids, the lengths, and the ordinals.
 * </ul>
 */
final class SegmentReader {
  static final String VECTORS = "vectors.f32";
  static final String ROWS = "rows";

  private static final int HEAD_BYTES = 2 * Integer.BYTES;
  private static final int ROW_BYTES = Long.BYTES + Double.BYTES + Integer.BYTES;

  private SegmentReader() {}

  /** Rows that a saved segment has room for. */
  static int capacity(int rows) {
    return (rows + Kernels.TILE - 1) / Kernels.TILE * Kernels.TILE;
  }

  static int groupBytes(int rows) {
    return HEAD_BYTES + rows * ROW_BYTES;
  }

  /**
   * @throws IOException if a file cannot be read, or does not fit to the other
   */
  static List<Saved> read(Path folder, int segmentRows) throws IOException {
    ByteBuffer rows =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve(ROWS))).order(ByteOrder.LITTLE_ENDIAN);
    List<Saved> segments = new ArrayList<>();
    try (FileChannel vectors =
        FileChannel.open(
            folder.resolve(VECTORS), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long offset = 0;
      while (rows.hasRemaining()) {
        int dimension = rows.remaining() < HEAD_BYTES ? 0 : rows.getInt();
        int size = dimension < 1 ? 0 : rows.getInt();
        if (size < 1 || size > segmentRows || rows.remaining() < size * ROW_BYTES) {
          throw new IOException("no segment begins in %s where one should".formatted(ROWS));
        }
        long bytes = Segment.vectorBytes(dimension, capacity(size));
        if (vectors.size() - offset < bytes) {
          throw new IOException("%s ends before its rows do".formatted(VECTORS));
        }
        segments.add(segment(rows, dimension, size, Region.copyOf(vectors, offset, bytes)));
        offset += bytes;
      }
      if (offset != vectors.size()) {
        throw new IOException("%s goes on after its rows".formatted(VECTORS));
      }
    }
    return segments;
  }

  private static Saved segment(ByteBuffer rows, int dimension, int size, Region region) {
    Segment segment = new Segment(dimension, capacity(size), region, null);
    rows.asLongBuffer().get(segment.documentIds, 0, size);
    rows.position(rows.position() + size * Long.BYTES);
    rows.asDoubleBuffer().get(segment.norms, 0, size);
    rows.position(rows.position() + size * Double.BYTES);
    rows.asIntBuffer().get(segment.ordinals, 0, size);
    rows.position(rows.position() + size * Integer.BYTES);
    Arrays.fill(segment.nextRows, Segment.NO_ROW);
    // What fills the last tile up was never there.
    Arrays.fill(segment.removedIn, size, segment.rows(), 0);
    return new Saved(segment, size);
  }

  /**
   * @param rows how many of its first rows are vectors
   */
  record Saved(Segment segment, int rows) {}
}
