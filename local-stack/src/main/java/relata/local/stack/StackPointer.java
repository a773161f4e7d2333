package relata.local.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * A file in the project that names the data folder of a running stack which lies elsewhere, so that
 * the project's other commands find it. One whose stack was killed names a folder where none runs;
 * the next stack on that folder takes its place.
 */
final class StackPointer implements AutoCloseable {
  private static final String ENDING = ".stack";

  private final Path file;

  private StackPointer(Path file) {
    this.file = file;
  }

  /** To be called under the data folder's lock. */
  static StackPointer write(Path folder, Path dataDirectory) {
    UUID name = UUID.nameUUIDFromBytes(dataDirectory.toString().getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve(name + ENDING);
    try {
      Files.createDirectories(folder);
      Files.writeString(file, dataDirectory.toString());
      return new StackPointer(file);
    } catch (IOException failed) {
      throw new StackException("Cannot write " + file + ": " + failed.getMessage(), failed);
    }
  }

  /** The data folder that a file names; empty if it is no pointer, or just went away. */
  static Optional<Path> read(Path file) {
    if (!file.toString().endsWith(ENDING) || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(Files.readString(file)));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw new StackException("Cannot delete " + file + ": " + failed.getMessage(), failed);
    }
  }
}
