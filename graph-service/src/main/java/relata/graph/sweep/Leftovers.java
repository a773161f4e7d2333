package relata.graph.sweep;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.edges.EdgeCommitter;
import relata.graph.generation.GenerationTable;
import relata.graph.generation.Generations;
import relata.graph.generation.IndexAwayException;
import relata.graph.generation.SnapshotAudit;
import relata.graph.generation.Stage;

/**
 * Erases generations that are gone, also from disk, and frees the memory of those that nobody needs
 * at present.
 */
final class Leftovers {
  private static final Logger LOG = Logger.getLogger(Leftovers.class);

  private final Database database;
  private final Generations generations;
  private final EdgeCommitter committer;
  private final SnapshotAudit snapshots;
  private final Duration retiredGrace;

  Leftovers(
      Database database,
      Generations generations,
      EdgeCommitter committer,
      SnapshotAudit snapshots,
      Duration retiredGrace) {
    this.database = database;
    this.generations = generations;
    this.committer = committer;
    this.snapshots = snapshots;
    this.retiredGrace = retiredGrace;
  }

  void clear() {
    for (long gone : database.transaction(StaleDocuments::generationsGone)) {
      committer.eraseIfGone(gone);
    }
    clearShared();
    Set<Long> loaded = generations.ids();
    Set<Long> needed =
        database.transaction(
            session -> {
              Set<Long> ids = new HashSet<>(GenerationTable.in(session, Stage.ACTIVE));
              ids.addAll(GenerationTable.in(session, Stage.BUILDING));
              ids.addAll(GenerationTable.retiredWithin(session, retiredGrace));
              return ids;
            });
    for (long generationId : loaded) {
      if (!needed.contains(generationId)) {
        committer.forget(generationId);
      }
    }
    generations.relieve();
    snapshots.run();
  }

  /**
   * What cannot be asked now is asked by the next sweep; it keeps nothing else from being cleared.
   */
  private void clearShared() {
    try {
      for (long generationId : generations.sharedIds()) {
        if (committer.eraseIfGone(generationId)) {
          generations.eraseShared(generationId);
        }
      }
    } catch (IndexAwayException away) {
      LOG.warnf("shared indexes are not cleared reason=%s", away.getMessage());
    }
  }
}
