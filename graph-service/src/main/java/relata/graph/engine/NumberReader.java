package relata.graph.engine;

import static relata.graph.engine.NumberWriter.INTS;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads what {@link NumberWriter} wrote. */
final class NumberReader implements AutoCloseable {
  private final Path file;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment memory;
  private long at;

  NumberReader(Path file) throws IOException {
    this.file = file;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    } catch (IOException | RuntimeException failed) {
      arena.close();
      throw failed;
    }
  }

  boolean isAtEnd() {
    return at == memory.byteSize();
  }

  int readInt() throws IOException {
    return read(new int[1], 1, INTS)[0];
  }

  /**
   * @param into an array of what the layout is of
   * @param count how many of its first are read
   * @throws IOException if there are not as many
   */
  <T> T read(T into, int count, ValueLayout layout) throws IOException {
    long bytes = count * layout.byteSize();
    if (memory.byteSize() - at < bytes) {
      throw new IOException("%s ends too early".formatted(file.getFileName()));
    }
    MemorySegment.copy(memory, layout, at, into, 0, count);
    at += bytes;
    return into;
  }

  /**
   * A number of things that follow.
   *
   * @throws IOException if it cannot be
   */
  int readCount(int most) throws IOException {
    int count = readInt();
    if (count < 1 || count > most) {
      throw new IOException(
          "%s has a count of %d where there are at most %d"
              .formatted(file.getFileName(), count, most));
    }
    return count;
  }

  @Override
  public void close() {
    arena.close();
  }
}
