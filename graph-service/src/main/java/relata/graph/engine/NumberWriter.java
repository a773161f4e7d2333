package relata.graph.engine;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes numbers one after the other into a new file, little-endian, as {@link NumberReader}. */
final class NumberWriter implements AutoCloseable {
  static final ValueLayout.OfByte BYTES = ValueLayout.JAVA_BYTE;
  static final ValueLayout.OfInt INTS =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONGS =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfFloat FLOATS =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfDouble DOUBLES =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int BUFFER_BYTES = 1 << 20;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final MemorySegment memory = MemorySegment.ofBuffer(buffer);

  NumberWriter(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  void write(int number) throws IOException {
    write(new int[] {number}, 1, INTS);
  }

  /**
   * @param numbers an array of what the layout is of
   * @param count how many of its first
   */
  void write(Object numbers, int count, ValueLayout layout) throws IOException {
    int size = (int) layout.byteSize();
    for (int from = 0; from < count; ) {
      if (buffer.remaining() < size) {
        flush();
      }
      int some = Math.min(count - from, buffer.remaining() / size);
      MemorySegment.copy(numbers, from, memory, layout, buffer.position(), some);
      buffer.position(buffer.position() + some * size);
      from += some;
    }
  }

  void write(MemorySegment bytes) throws IOException {
    for (long from = 0; from < bytes.byteSize(); ) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      long some = Math.min(bytes.byteSize() - from, buffer.remaining());
      MemorySegment.copy(bytes, from, memory, buffer.position(), some);
      buffer.position(buffer.position() + (int) some);
      from += some;
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      flush();
    }
  }
}
