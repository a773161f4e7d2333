package relata.graph.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the vectors of one state as {@link SegmentReader} reads them: those that were removed are
 * left out, and the rest moves together, so that all segments but the last of a dimension are full.
 */
final class SegmentWriter implements AutoCloseable {
  private final State state;
  private final int segmentRows;
  private final FileChannel vectors;
  private final FileChannel rows;

  /** Of the segment that is being written. */
  private final long[] documentIds;

  private final double[] norms;
  private final int[] ordinals;
  private int size;

  SegmentWriter(State state, int segmentRows, Path folder) throws IOException {
    this.state = state;
    this.segmentRows = segmentRows;
    documentIds = new long[segmentRows];
    norms = new double[segmentRows];
    ordinals = new int[segmentRows];
    vectors = create(folder.resolve(SegmentReader.VECTORS));
    try {
      rows = create(folder.resolve(SegmentReader.ROWS));
    } catch (IOException failed) {
      vectors.close();
      throw failed;
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  void write() throws IOException {
    Set<Integer> dimensions = new TreeSet<>();
    for (Segment segment : state.segments) {
      if (segment != null) {
        dimensions.add(segment.dimension);
      }
    }
    for (int dimension : dimensions) {
      for (int number = 0; number < state.segments.length; number++) {
        Segment segment = state.segments[number];
        if (segment != null && segment.dimension == dimension) {
          write(segment, state.filled[number]);
        }
      }
      finish(dimension);
    }
  }

  /** Rows that stand side by side go in one piece. */
  private void write(Segment segment, int filled) throws IOException {
    int from = 0;
    while (from < filled) {
      int to = from;
      while (to < filled && size < segmentRows && state.holds(segment, to)) {
        documentIds[size] = segment.documentIds[to];
        norms[size] = segment.norms[to];
        ordinals[size] = segment.ordinals[to];
        size++;
        to++;
      }
      writeAll(
          vectors,
          segment
              .memory()
              .asSlice(segment.offset(from), segment.offset(to) - segment.offset(from))
              .asByteBuffer());
      if (size == segmentRows) {
        finish(segment.dimension);
      }
      from = to < filled && !state.holds(segment, to) ? to + 1 : to;
    }
  }

  private void finish(int dimension) throws IOException {
    if (size == 0) {
      return;
    }
    int missing = SegmentReader.capacity(size) - size;
    writeAll(vectors, ByteBuffer.allocate((int) Segment.vectorBytes(dimension, missing)));
    ByteBuffer group =
        ByteBuffer.allocate(SegmentReader.groupBytes(size)).order(ByteOrder.LITTLE_ENDIAN);
    group.putInt(dimension).putInt(size);
    for (int i = 0; i < size; i++) {
      group.putLong(documentIds[i]);
    }
    for (int i = 0; i < size; i++) {
      group.putDouble(norms[i]);
    }
    for (int i = 0; i < size; i++) {
      group.putInt(ordinals[i]);
    }
    writeAll(rows, group.flip());
    size = 0;
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    try (vectors;
        rows) {
      // Both, whatever the other says.
    }
  }
}
