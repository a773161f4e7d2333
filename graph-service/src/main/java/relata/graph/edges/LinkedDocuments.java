package relata.graph.edges;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import relata.graph.database.Session;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.IndexReconciliation;
import relata.graph.generation.Revision;
import relata.graph.neighbor.ListChange;

/**
 * What this replica knows of the commits of a generation: up to which one, and which documents are
 * linked in which revision. Valid for one loaded index, used by one commit at a time.
 */
final class LinkedDocuments {
  private final ReentrantLock turn = new ReentrantLock();
  private final GenerationIndex index;
  private final ListFloors floors = new ListFloors();
  private Map<Long, Revision> revisions;
  private long known;

  LinkedDocuments(GenerationIndex index) {
    this.index = index;
    known = index.includedCommit();
  }

  /** Runs one commit after the other: a second would only wait for the database's lock. */
  <T> T inTurn(Supplier<T> commit) {
    turn.lock();
    try {
      return commit.get();
    } finally {
      turn.unlock();
    }
  }

  GenerationIndex index() {
    return index;
  }

  /** Number of the last commit of which everything is known. */
  long known() {
    return known;
  }

  ListFloors floors() {
    return floors;
  }

  boolean contains(long documentId) {
    return revisions.containsKey(documentId);
  }

  boolean contains(long documentId, Revision revision) {
    return revision.equals(revisions.get(documentId));
  }

  /**
   * Learns what all commits up to the last one did, into the index as well. Must run while the
   * generation is locked.
   */
  void catchUp(Session session, CommitLog.Turn turn) {
    NodeTable nodes = new NodeTable(session, index.generation().id());
    Optional<Set<Long>> missed = turn.missed();
    if (turn.last() != known) {
      floors.clear();
    }
    if (missed.isEmpty()) {
      IndexReconciliation.reconcile(session, index);
      revisions = nodes.all();
    } else {
      if (!missed.get().isEmpty()) {
        index.refresh(session, missed.get());
        missed.get().forEach(index.unsettled()::remove);
      }
      if (revisions == null) {
        revisions = nodes.all();
      } else if (!missed.get().isEmpty()) {
        Map<Long, Revision> current = nodes.some(missed.get());
        revisions.keySet().removeAll(missed.get());
        revisions.putAll(current);
      }
    }
    known = turn.last();
  }

  /** Notes this replica's own commit, once it is certain. */
  void committed(
      long commitSeq,
      Map<Long, Revision> linked,
      Set<Long> removed,
      Map<Long, ListChange> changes) {
    revisions.keySet().removeAll(removed);
    revisions.putAll(linked);
    known = commitSeq;
    linked.keySet().forEach(index.unsettled()::remove);
    removed.forEach(index.unsettled()::remove);
    floors.changed(changes, index.generation().maxNeighbors());
  }
}
