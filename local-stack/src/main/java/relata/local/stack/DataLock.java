package relata.local.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second stack away from a data folder; the system frees it however the first one ends. */
final class DataLock implements AutoCloseable {
  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws StackException if another stack holds the folder
   */
  static DataLock take(Path directory) {
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve("stack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return new DataLock(channel);
        }
      } catch (OverlappingFileLockException ofThisProcess) {
        // The same answer as for another process's.
      }
      channel.close();
      throw new StackException(
          """
          Another stack runs on the data folder %s. Use that one, end it, or name another folder \
          with --data."""
              .formatted(directory));
    } catch (IOException failed) {
      throw new StackException(
          "Cannot lock the data folder " + directory + ": " + failed.getMessage(), failed);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw new StackException("Cannot free the data folder: " + failed.getMessage(), failed);
    }
  }
}
