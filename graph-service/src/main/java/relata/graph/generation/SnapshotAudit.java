package relata.graph.generation;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import relata.graph.database.Database;
import relata.graph.database.Session;
import relata.graph.snapshot.SnapshotConfig;
import relata.graph.snapshot.Snapshots;

/**
 * Deletes the snapshots of generations that are gone, and of those that are not in memory once they
 * hold what was deleted or replaced: nobody would write them anew.
 */
@Singleton
public final class SnapshotAudit {
  private final Database database;
  private final Generations generations;
  private final Snapshots snapshots;
  private final SnapshotConfig config;
  private final Map<Long, Instant> looked = new ConcurrentHashMap<>();

  public SnapshotAudit(
      Database database, Generations generations, Snapshots snapshots, SnapshotConfig config) {
    this.database = database;
    this.generations = generations;
    this.snapshots = snapshots;
    this.config = config;
  }

  public void run() {
    Set<Long> loaded = generations.ids();
    for (long generationId : snapshots.generations()) {
      if (isGone(generationId)
          || (!loaded.contains(generationId) && isDue(generationId) && isObsolete(generationId))) {
        snapshots.delete(generationId);
      }
    }
  }

  private boolean isGone(long generationId) {
    return database.transaction(session -> GenerationTable.find(session, generationId)).isEmpty();
  }

  private boolean isDue(long generationId) {
    Instant now = Instant.now();
    Instant before = looked.put(generationId, now);
    if (before != null && now.isBefore(before.plus(config.eraseWithin()))) {
      looked.put(generationId, before);
      return false;
    }
    return true;
  }

  /** What cannot be read can only be in the way. */
  private boolean isObsolete(long generationId) {
    try {
      Optional<Path> folder = snapshots.folder(generationId);
      if (folder.isEmpty()) {
        return false;
      }
      Map<Long, Long> marks = Marks.read(folder.get().resolve(SavedGeneration.MARKS));
      database.<Void>transaction(session -> without(session, generationId, marks));
      return !marks.isEmpty();
    } catch (IOException broken) {
      return true;
    }
  }

  /** Leaves those that are not stored any more. */
  private static Void without(Session session, long generationId, Map<Long, Long> marks) {
    FeatureReader.allMarks(
        session, generationId, (documentId, revision, mark) -> marks.remove(documentId, mark));
    return null;
  }
}
