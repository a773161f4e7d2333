package relata.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Folders that a local server keeps its data in. */
public final class DirectoryTree {
  private DirectoryTree() {}

  /** Deletes a folder with all that is in it; does nothing if it is not there. */
  public static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try {
      Files.walkFileTree(directory, new Deleting());
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot delete " + directory, failed);
    }
  }

  /** A new folder under the system's folder for temporary files. */
  public static Path temporary(String prefix) {
    try {
      return Files.createTempDirectory(prefix);
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot create a temporary folder", failed);
    }
  }

  public static Path create(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot create the folder " + directory, failed);
    }
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      // The server may have removed it in the meantime; if not, deleting its folder fails.
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
