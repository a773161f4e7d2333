package relata.graph.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Memory outside of the heap. With a folder, or copied from a saved file, it is a mapped file,
 * which the system may write out and read again instead of keeping it in memory; else it is the
 * process's own.
 */
final class Region {
  private static final int ALIGNMENT = 64;
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

  /** For the regions of an index that is dropped as a whole, while somebody may still read it. */
  private static final Cleaner CLEANER = Cleaner.create();

  private final MemorySegment memory;
  private final Cleaner.Cleanable release;

  private Region(Arena arena, MemorySegment memory) {
    this.memory = memory;
    release = CLEANER.register(this, arena::close);
  }

  /**
   * @throws UncheckedIOException if the folder has no room
   */
  static Region allocate(Optional<Path> folder, long bytes) {
    Arena arena = Arena.ofShared();
    try {
      return new Region(
          arena,
          folder.isPresent() ? map(folder.get(), bytes, arena) : arena.allocate(bytes, ALIGNMENT));
    } catch (IOException failed) {
      arena.close();
      throw new UncheckedIOException("no room for vectors in " + folder.orElseThrow(), failed);
    }
  }

  /**
   * A part of a file as it is now. What is written here stays in memory and is never seen in the
   * file.
   *
   * @param channel open for reading and writing, which a private mapping asks for
   */
  static Region copyOf(FileChannel channel, long offset, long bytes) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      return new Region(arena, channel.map(FileChannel.MapMode.PRIVATE, offset, bytes, arena));
    } catch (IOException | RuntimeException failed) {
      arena.close();
      throw failed;
    }
  }

  /** The file has no name once it is mapped: whatever happens, nothing stays behind. */
  private static MemorySegment map(Path folder, long bytes, Arena arena) throws IOException {
    Path file = Files.createTempFile(Files.createDirectories(folder), "vectors-", ".f32");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      // Written, not just made long: a full disk is an error now instead of a fault later.
      for (long at = 0; at < bytes; ) {
        ByteBuffer zeros = ZEROS.duplicate();
        zeros.limit((int) Math.min(zeros.capacity(), bytes - at));
        at += channel.write(zeros, at);
      }
      return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  MemorySegment memory() {
    return memory;
  }

  long sizeBytes() {
    return memory.byteSize();
  }

  /** Nobody may use the memory any more. */
  void release() {
    release.clean();
  }
}
