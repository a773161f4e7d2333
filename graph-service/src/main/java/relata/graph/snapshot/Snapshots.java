package relata.graph.snapshot;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * The snapshots of this process: for each generation a folder with a manifest, and the folder that
 * the manifest names. Whatever is not exactly as it was written is deleted instead of used.
 */
@Singleton
public final class Snapshots {
  /**
   * To be raised whenever files of an older release would be understood in another way: their
   * shape, which words are made of a text, or what a mark is. SavedLayoutTest fails when that is
   * forgotten.
   */
  public static final int LAYOUT = 4;

  static final String MANIFEST = "manifest";

  private static final Logger LOG = Logger.getLogger(Snapshots.class);
  private static final String GENERATION = "generation-";
  private static final String DATA = "data-";

  private final long maxBytes;
  private final Optional<Path> root;

  /** Held as long as the process lives. */
  private FileChannel lock;

  @Inject
  public Snapshots(SnapshotConfig config) {
    this(config.folder(), config.maxSize().asLongValue());
  }

  /**
   * @param maxBytes what they may take together
   */
  public Snapshots(Optional<Path> folder, long maxBytes) {
    this.maxBytes = maxBytes;
    root = folder.filter(this::take);
    root.ifPresent(mine -> tidy());
  }

  private boolean take(Path folder) {
    try {
      Files.createDirectories(folder);
      lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock mine = lock.tryLock();
      if (mine != null) {
        return true;
      }
      LOG.warnf("no snapshots folder=%s reason=another process uses it", folder);
    } catch (OverlappingFileLockException used) {
      LOG.warnf("no snapshots folder=%s reason=this process uses it already", folder);
    } catch (IOException failed) {
      LOG.warnf("no snapshots folder=%s reason=%s", folder, failed);
    }
    close();
    return false;
  }

  @PreDestroy
  public void close() {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException failed) {
      LOG.debugf("closing the lock failed reason=%s", failed.getMessage());
    }
  }

  /** Whether there is a folder for them. */
  public boolean isEnabled() {
    return root.isPresent();
  }

  /** The generations that have one, whether or not it can be used. */
  public Set<Long> generations() {
    Set<Long> ids = new TreeSet<>();
    try {
      for (Path home : root.isPresent() ? Folders.entries(root.get()) : List.<Path>of()) {
        String name = home.getFileName().toString();
        if (name.matches(GENERATION + "\\d{1,18}")) {
          ids.add(Long.parseLong(name.substring(GENERATION.length())));
        }
      }
    } catch (IOException failed) {
      LOG.warnf("snapshots not listed reason=%s", failed);
    }
    return ids;
  }

  /** What a process left behind that ended while it was writing. */
  private void tidy() {
    for (long generationId : generations()) {
      try {
        Optional<Manifest> manifest = manifest(generationId);
        for (Path data : Folders.entries(home(generationId))) {
          String name = data.getFileName().toString();
          if (name.startsWith(DATA) && !manifest.map(Manifest::data).equals(Optional.of(name))) {
            Folders.delete(data);
          }
        }
      } catch (IOException broken) {
        discard(generationId, broken.getMessage());
      }
    }
  }

  private Path home(long generationId) {
    return root.orElseThrow().resolve(GENERATION + generationId);
  }

  /**
   * @return nothing if there is none
   */
  private Optional<Manifest> manifest(long generationId) throws IOException {
    Path file = home(generationId).resolve(MANIFEST);
    return Files.exists(file)
        ? Optional.of(Manifest.parse(Files.readAllBytes(file)))
        : Optional.empty();
  }

  /**
   * The generation's snapshot. One that is not whole, or was made from something else, is deleted.
   *
   * @param now what is there
   */
  public Optional<Snapshot> find(SnapshotOrigin now) {
    long generationId = now.generationId();
    try {
      Optional<Manifest> found = isEnabled() ? manifest(generationId) : Optional.empty();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Manifest manifest = found.get();
      Optional<String> objection = manifest.origin().objection(now);
      if (objection.isPresent()) {
        discard(generationId, objection.get());
        return Optional.empty();
      }
      Path folder = home(generationId).resolve(manifest.data());
      verify(manifest, folder);
      return Optional.of(
          new Snapshot(generationId, folder, manifest.documents(), manifest.chunks()));
    } catch (IOException broken) {
      discard(generationId, broken.getMessage());
      return Optional.empty();
    }
  }

  /** Where the files of the generation's snapshot are, without a look at whether they are whole. */
  public Optional<Path> folder(long generationId) {
    try {
      return isEnabled()
          ? manifest(generationId).map(manifest -> home(generationId).resolve(manifest.data()))
          : Optional.empty();
    } catch (IOException broken) {
      discard(generationId, broken.getMessage());
      return Optional.empty();
    }
  }

  private static void verify(Manifest manifest, Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    for (Manifest.SavedFile file : manifest.files()) {
      Path path = folder.resolve(file.name());
      if (!Files.isRegularFile(path)) {
        throw new IOException(file.name() + " is missing");
      }
      if (Files.size(path) != file.bytes()) {
        throw new IOException(file.name() + " is not as long as it was");
      }
      if (Checksum.of(path) != file.checksum()) {
        throw new IOException(file.name() + " is not what was written");
      }
      names.add(file.name());
    }
    List<String> there =
        Folders.files(folder).stream().map(path -> folder.relativize(path).toString()).toList();
    if (!names.equals(there)) {
      throw new IOException("it has files that nobody wrote");
    }
  }

  /** Deletes the generation's snapshot, because it is not what it should be, and says so. */
  public void discard(long generationId, String reason) {
    LOG.warnf("snapshot thrown away generation=%d reason=%s", generationId, reason);
    delete(generationId);
  }

  /** Deletes the generation's snapshot, if there is one. */
  public void delete(long generationId) {
    try {
      // First, so that half of it is none.
      Files.deleteIfExists(home(generationId).resolve(MANIFEST));
      Folders.delete(home(generationId));
    } catch (IOException failed) {
      LOG.warnf("snapshot not deleted generation=%d reason=%s", generationId, failed);
    }
  }

  /**
   * Begins a snapshot, one at a time.
   *
   * @param bytes about how long it will be
   * @throws IOException if there is no room for it
   */
  public Draft begin(long generationId, long bytes) throws IOException {
    long taken = Folders.bytes(root.orElseThrow());
    if (taken + bytes > maxBytes) {
      throw new IOException(
          "%d bytes and %d more are above relata.snapshot.max-size".formatted(taken, bytes));
    }
    Path home = Files.createDirectories(home(generationId));
    int number = 1;
    while (Files.exists(home.resolve(DATA + number))) {
      number++;
    }
    return new Draft(home, Files.createDirectory(home.resolve(DATA + number)));
  }
}
