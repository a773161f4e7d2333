package relata.graph.edges;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.database.Session;
import relata.graph.generation.SharedIndex;

/**
 * Finds what a shared index lost, or holds too much of, and sees to it that all of it is linked
 * again: what was linked since was not compared with it. This is noted in the database before the
 * index is mended by those commits, so that it cannot be forgotten.
 */
public final class SharedRepair {
  private static final Logger LOG = Logger.getLogger(SharedRepair.class);

  private final Database database;
  private final int maxDocuments;

  public SharedRepair(Database database, EdgesConfig config) {
    this.database = database;
    maxDocuments = config.maxDocuments();
  }

  /**
   * @return how many documents are to be linked again
   * @throws relata.graph.generation.IndexAwayException if the index cannot be looked at now
   */
  public int run(SharedIndex index) {
    List<Long> suspects = new ArrayList<>(database.transaction(index::differences));
    int doubted = 0;
    for (int from = 0; from < suspects.size(); from += maxDocuments) {
      List<Long> some = suspects.subList(from, Math.min(from + maxDocuments, suspects.size()));
      doubted += database.transaction(session -> doubt(session, index, some));
    }
    if (doubted > 0) {
      LOG.warnf(
          "shared index lacks documents generation=%d documents=%d",
          index.generation().id(), doubted);
    }
    if (doubted == 0 && !database.transaction(session -> isDoubted(session, index))) {
      index.serve();
    }
    return doubted;
  }

  private static boolean isDoubted(Session session, SharedIndex index) {
    return new NodeTable(session, index.generation().id()).isDoubted();
  }

  private static int doubt(Session session, SharedIndex index, List<Long> suspects) {
    long generationId = index.generation().id();
    CommitLog log = new CommitLog(session, generationId);
    Optional<CommitLog.Turn> turn = log.take();
    if (turn.isEmpty()) {
      return 0;
    }
    Set<Long> different = index.differences(session, suspects);
    int doubted = new NodeTable(session, generationId).doubt(different);
    if (doubted > 0) {
      log.append(turn.get().last() + 1, different);
    }
    different.removeAll(index.refresh(session, different).keySet());
    if (!different.isEmpty()) {
      index.share(session, different);
    }
    return doubted;
  }
}
