package relata.local.process;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the processes of one user on this machine leave to one of them: each such thing has a
 * number, and whoever has it holds the lock of that byte in a file, which stays empty. The system
 * gives the lock back when the process ends, whatever way.
 */
public final class UserLocks {
  /** No port has it. */
  private static final int ALONE = 0;

  /** A lock that nothing refers to would be forgotten. */
  private static final Map<Integer, FileLock> PORTS = new HashMap<>();

  private static FileChannel file;

  private UserLocks() {}

  /** True for one caller in one process; nobody else is given the port until that has ended. */
  public static synchronized boolean takePort(int port) {
    try {
      FileLock lock = file().tryLock(port, 1, false);
      if (lock != null) {
        PORTS.put(port, lock);
      }
      return lock != null;
    } catch (OverlappingFileLockException takenHere) {
      return false;
    } catch (IOException failed) {
      throw new UncheckedIOException("Port %d cannot be kept".formatted(port), failed);
    }
  }

  /** Does what only one process may at a time, after whoever else is at it. */
  public static synchronized <T> T alone(Supplier<T> work) {
    try (FileLock _ = file().lock(ALONE, 1, false)) {
      return work.get();
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot wait for other processes", failed);
    }
  }

  /** Never closed: that would give back all that this process has. */
  private static FileChannel file() throws IOException {
    if (file == null) {
      String name = "relata-%s.locks".formatted(System.getProperty("user.name"));
      Path path = Path.of(System.getProperty("java.io.tmpdir"), name);
      file = FileChannel.open(path, CREATE, WRITE, NOFOLLOW_LINKS);
    }
    return file;
  }
}
