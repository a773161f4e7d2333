package relata.graph.edges;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import relata.graph.database.Session;
import relata.graph.generation.GenerationTable;
import relata.graph.generation.Stage;

/** The commits of one generation: their turn, their number, and which documents each dealt with. */
final class CommitLog {
  private static final String LOCK =
      "select commit_seq from graph.generation where generation_id = $1 for update";

  /** Nothing is inserted for a generation that is gone, whose rows are being erased. */
  private static final String CREATE =
      """
      insert into graph.generation (generation_id)
      select g.id from content.generation g where g.id = $1 and %s
          on conflict do nothing
      """
          .formatted(GenerationTable.IS_KEPT);

  private static final String SINCE =
      """
      select commit_seq, document_ids from graph.commit_log
       where generation_id = $1 and commit_seq > $2
      """;

  private static final String APPEND =
      """
      with counted as (
        update graph.generation
           set commit_seq = $2, changed_documents = changed_documents + cardinality($3::bigint[])
         where generation_id = $1)
      insert into graph.commit_log (generation_id, commit_seq, document_ids) values ($1, $2, $3)
      """;

  private static final String FORGET =
      "delete from graph.commit_log where committed_at < now() - make_interval(secs => $1)";

  private final Session session;
  private final long generationId;

  CommitLog(Session session, long generationId) {
    this.session = session;
    this.generationId = generationId;
  }

  /**
   * What is found when it is this replica's turn.
   *
   * @param last number of the last commit, 0 if there was none
   * @param missed the documents that commits dealt with since the one that is known; nothing if the
   *     log does not reach back that far
   */
  record Turn(long last, Stage stage, Optional<Set<Long>> missed) {}

  /**
   * Waits for this replica's turn, which lasts until the transaction ends.
   *
   * @param known number of the last commit that this replica knows
   * @return nothing if the generation is gone
   */
  Optional<Turn> take(long known) {
    Optional<Turn> turn = turn(known);
    if (turn.isEmpty()) {
      session.query(CREATE, generationId);
      turn = turn(known);
    }
    return turn.filter(taken -> taken.stage() != Stage.GONE);
  }

  /** The same for one to whom it does not matter what was missed. */
  Optional<Turn> take() {
    return take(Long.MAX_VALUE);
  }

  /**
   * Asked at once and answered one after the other: behind the lock, each sees what it protects.
   */
  private Optional<Turn> turn(long known) {
    Supplier<RowSet<Row>> lock = session.send(LOCK, generationId);
    Supplier<Stage> stage = GenerationTable.askStage(session, generationId);
    Supplier<RowSet<Row>> since = session.send(SINCE, generationId, known);
    RowSet<Row> locked = lock.get();
    Stage now = stage.get();
    RowSet<Row> commits = since.get();
    if (locked.size() == 0) {
      return Optional.empty();
    }
    long last = locked.iterator().next().getLong("commit_seq");
    return Optional.of(new Turn(last, now, missed(commits, last - known)));
  }

  private static Optional<Set<Long>> missed(RowSet<Row> commits, long count) {
    if (commits.size() != count) {
      return Optional.empty();
    }
    Set<Long> documentIds = new HashSet<>();
    for (Row row : commits) {
      documentIds.addAll(List.of(row.getArrayOfLongs("document_ids")));
    }
    return Optional.of(documentIds);
  }

  void append(long commitSeq, Collection<Long> documentIds) {
    session.query(APPEND, generationId, commitSeq, documentIds.toArray(Long[]::new));
  }

  /** Forgets the commits of all generations that are older. */
  static int forget(Session session, Duration olderThan) {
    return session.query(FORGET, (double) olderThan.toSeconds()).rowCount();
  }
}
