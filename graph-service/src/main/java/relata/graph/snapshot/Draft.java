package relata.graph.snapshot;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot that is being written. Until it is published it is no snapshot, whenever the process
 * ends; a manifest that names it is what makes it one.
 */
public final class Draft implements AutoCloseable {
  private final Path home;
  private final Path data;
  private boolean published;

  /**
   * @param home the generation's folder
   * @param data the draft's, in it
   */
  Draft(Path home, Path data) {
    this.home = home;
    this.data = data;
  }

  /** Where the files belong. */
  public Path folder() {
    return data;
  }

  /**
   * Makes this the generation's snapshot, instead of one that is there.
   *
   * @param origin read before the content was frozen, or at the same time
   */
  public void publish(SnapshotOrigin origin, int documents, int chunks) throws IOException {
    List<Manifest.SavedFile> files = new ArrayList<>();
    for (Path file : Folders.files(data)) {
      Folders.force(file);
      files.add(
          new Manifest.SavedFile(
              data.relativize(file).toString(), Files.size(file), Checksum.of(file)));
    }
    Manifest manifest =
        new Manifest(origin, documents, chunks, data.getFileName().toString(), files);
    Path written = data.resolveSibling(Snapshots.MANIFEST + ".new");
    Files.write(written, manifest.write());
    Folders.force(written);
    Files.move(written, home.resolve(Snapshots.MANIFEST), ATOMIC_MOVE);
    published = true;
    Folders.force(home);
    for (Path other : Folders.entries(home)) {
      if (Files.isDirectory(other) && !other.equals(data)) {
        Folders.delete(other);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (!published) {
      Folders.delete(data);
    }
  }
}
