package relata.graph.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * CRC-32C, which processors compute faster than a file is read. It notices every flipped bit, every
 * damage within 32 bits, and any other but one in four thousand million; it does not notice
 * somebody who wants to deceive.
 */
final class Checksum {
  private static final int BUFFER_BYTES = 1 << 20;

  private Checksum() {}

  static long of(Path file) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer) >= 0) {
        checksum.update(buffer.flip());
        buffer.clear();
      }
    }
    return checksum.getValue();
  }

  static long of(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length);
    return checksum.getValue();
  }
}
