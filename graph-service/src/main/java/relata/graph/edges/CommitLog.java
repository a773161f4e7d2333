package relata.graph.edges;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import relata.graph.database.Session;
import relata.graph.generation.GenerationTable;

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

  private static final String COUNT =
      "update graph.generation set commit_seq = $2 where generation_id = $1";

  private static final String APPEND =
      """
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
   * Waits for this replica's turn, which lasts until the transaction ends.
   *
   * @return number of the last commit, 0 if there was none; nothing if the generation is gone
   */
  OptionalLong lock() {
    OptionalLong last = select();
    if (last.isEmpty()) {
      session.query(CREATE, generationId);
      last = select();
    }
    return last;
  }

  private OptionalLong select() {
    RowSet<Row> rows = session.query(LOCK, generationId);
    return rows.size() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(rows.iterator().next().getLong("commit_seq"));
  }

  /**
   * The documents that the commits after {@code known} up to {@code last} dealt with.
   *
   * @return nothing if the log does not reach back that far
   */
  Optional<Set<Long>> since(long known, long last) {
    if (known > last) {
      return Optional.empty();
    }
    RowSet<Row> rows = session.query(SINCE, generationId, known);
    if (rows.size() != last - known) {
      return Optional.empty();
    }
    Set<Long> documentIds = new HashSet<>();
    for (Row row : rows) {
      documentIds.addAll(List.of(row.getArrayOfLongs("document_ids")));
    }
    return Optional.of(documentIds);
  }

  void append(long commitSeq, Collection<Long> documentIds) {
    session.query(COUNT, generationId, commitSeq);
    session.query(APPEND, generationId, commitSeq, documentIds.toArray(Long[]::new));
  }

  /** Forgets the commits of all generations that are older. */
  static int forget(Session session, Duration olderThan) {
    return session.query(FORGET, (double) olderThan.toSeconds()).rowCount();
  }
}
