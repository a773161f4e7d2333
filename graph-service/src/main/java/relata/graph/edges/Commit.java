package relata.graph.edges;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import relata.graph.database.Session;
import relata.graph.generation.Generation;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.Revision;
import relata.graph.generation.Stage;
import relata.graph.neighbor.ListChange;
import relata.graph.neighbor.ListMaintenance;
import relata.graph.vector.ParallelMatching;

/**
 * One transaction: waits for its turn, catches up with the commits of other replicas, computes, and
 * writes what differs. Every later commit therefore sees every document that an earlier one dealt
 * with, whichever replica it was and however it learned of the document
 * (docs/adr/0006-edges-commit-in-turns.md).
 */
final class Commit {
  private final Session session;
  private final LinkedDocuments linked;
  private final ParallelMatching matching;
  private final Map<Long, Revision> present = new HashMap<>();
  private final Set<Long> absent = new HashSet<>();
  private Map<Long, ListChange> changes = Map.of();

  Commit(Session session, LinkedDocuments linked, ParallelMatching matching) {
    this.session = session;
    this.linked = linked;
    this.matching = matching;
  }

  /** The documents to note as linked once the transaction is committed. */
  Map<Long, Revision> present() {
    return present;
  }

  /** The documents to note as gone once the transaction is committed. */
  Set<Long> absent() {
    return absent;
  }

  /** The lists to note as changed once the transaction is committed. */
  Map<Long, ListChange> changes() {
    return changes;
  }

  CommitOutcome run(Set<Long> documentIds) {
    GenerationIndex index = linked.index();
    Generation generation = index.generation();
    CommitLog log = new CommitLog(session, generation.id());
    Optional<CommitLog.Turn> turn = log.take(linked.known());
    if (turn.isEmpty()) {
      return new CommitOutcome.Gone();
    }
    linked.catchUp(session, turn.get());
    select(documentIds, index.refresh(session, documentIds), index);
    if (turn.get().stage() == Stage.RESTING) {
      present.clear();
    }
    if (present.isEmpty() && absent.isEmpty()) {
      return new CommitOutcome.Unchanged();
    }
    Set<Long> changed = new TreeSet<>(present.keySet());
    changed.addAll(absent);
    index.share(session, changed);
    NeighborTable neighbors =
        new NeighborTable(session, generation.id(), generation.maxNeighbors(), linked.floors());
    changes =
        new ListMaintenance(
                generation.maxNeighbors(),
                new IndexSimilarities(
                    index.vectors(), matching, generation.minSimilarity(), this::isNeighbor),
                neighbors)
            .changes(changed);
    NodeTable nodes = new NodeTable(session, generation.id());
    Supplier<Integer> entries = neighbors.write(changes);
    Supplier<Integer> written = nodes.write(present);
    Supplier<Integer> deleted = nodes.delete(absent);
    int neighborRows = entries.get();
    if (neighborRows + written.get() + deleted.get() == 0) {
      return new CommitOutcome.Unchanged();
    }
    long commitSeq = turn.get().last() + 1;
    log.append(commitSeq, changed);
    return new CommitOutcome.Committed(commitSeq, changed.size(), neighborRows);
  }

  /**
   * Sorts the documents into those to link and those to remove. What is linked already, in the
   * revision that is stored, follows from it and is left out.
   */
  private void select(Set<Long> documentIds, Map<Long, Revision> stored, GenerationIndex index) {
    for (long documentId : documentIds) {
      Revision revision = stored.get(documentId);
      if (revision == null) {
        if (linked.contains(documentId)) {
          absent.add(documentId);
        }
      } else if (!linked.contains(documentId, revision) || index.unsettled().contains(documentId)) {
        present.put(documentId, revision);
      }
    }
  }

  /**
   * Only linked documents become neighbours: the index may hold newer ones, whose own commit is
   * still to come and brings them into the lists of others.
   */
  private boolean isNeighbor(long documentId) {
    return present.containsKey(documentId)
        || (linked.contains(documentId) && !absent.contains(documentId));
  }
}
