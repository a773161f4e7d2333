package relata.graph.index;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import relata.graph.database.Session;
import relata.graph.index.Run.Conditions;
import relata.graph.index.Run.Outcome;
import relata.graph.tune.Cause;
import relata.graph.tune.Tuning.Seeks;

/** The runs, of which one at a time is carried out over all generations and replicas. */
final class RunTable {
  private static final String COLUMNS =
      """
      id, generation_id, cause, seed, min_recall, min_gain, significance, max_trials, seeks, probes,
      depth, lists, documents, chunks, queries, max_documents, created_at, ended_at, outcome, detail
      """;

  private static final String CREATE =
      """
      insert into graph.tuning_run (generation_id, cause, seed, min_recall) values ($1, $2, $3, $4)
          on conflict (generation_id) where ended_at is null do nothing
      returning\s"""
          + COLUMNS;

  /** Whoever claims waits here for the others. */
  private static final String CLAIM_IN_TURN =
      "select pg_advisory_xact_lock(hashtextextended('relata.tuning', 0))";

  private static final String ABANDON =
      """
      update graph.tuning_run
         set ended_at = now(), outcome = 'abandoned', detail = 'The replica that made it stopped.'
       where ended_at is null and lease_until < now()
      """;

  private static final String CLAIM =
      """
      update graph.tuning_run set replica = $1, lease_until = now() + make_interval(secs => $2)
       where id = (select min(id) from graph.tuning_run where ended_at is null and replica is null)
         and not exists (select from graph.tuning_run where ended_at is null and lease_until > now())
      returning\s"""
          + COLUMNS;

  private static final String BEGIN =
      """
      update graph.tuning_run
         set min_gain = $3, significance = $4, max_trials = $5, seeks = $6, probes = $7, depth = $8,
             lists = $9, documents = $10, chunks = $11, queries = $12, max_documents = $13,
             changed_documents = coalesce(
               (select g.changed_documents from graph.generation g
                 where g.generation_id = tuning_run.generation_id), 0)
       where id = $1 and replica = $2 and ended_at is null
      """;

  private static final String RENEW =
      """
      update graph.tuning_run set lease_until = now() + make_interval(secs => $3)
       where id = $1 and replica = $2 and ended_at is null
      """;

  private static final String END =
      """
      update graph.tuning_run set ended_at = now(), outcome = $3, detail = $4
       where id = $1 and replica = $2 and ended_at is null
      """;

  private static final String FIND =
      "select " + COLUMNS + " from graph.tuning_run where generation_id = $1 and id = $2";

  private static final String LATEST =
      "select "
          + COLUMNS
          + " from graph.tuning_run where generation_id = $1 order by id desc limit $2";

  private static final String FORGET =
      """
      with old as (
        delete from graph.tuning_run where ended_at < now() - make_interval(secs => $1)
        returning id)
      delete from graph.tuning_trial where run_id in (select id from old)
      """;

  /** The last that looked for an effort and came to an end of its own. */
  private static final String TUNED =
      "select "
          + COLUMNS
          + """
             from graph.tuning_run
            where generation_id = $1 and outcome in ('promoted', 'kept', 'fell_back')
              and seeks = 'always' and max_trials > 0
            order by id desc limit 1
            """;

  /** Counted with the commits of edges, and so by all replicas together. */
  private static final String CHANGED =
      """
      select g.changed_documents - r.changed_documents
        from graph.tuning_run r join graph.generation g on g.generation_id = r.generation_id
       where r.id = $1
      """;

  private RunTable() {}

  /** A run that waits to be carried out, unless there is one of the generation already. */
  static Optional<Run> create(
      Session session, long generationId, Cause cause, long seed, double minRecall) {
    return one(session.query(CREATE, generationId, Columns.name(cause), seed, minRecall));
  }

  /** The run that waits longest, if none is being carried out. */
  static Optional<Run> claim(Session session, UUID replica, Duration lease) {
    session.query(CLAIM_IN_TURN);
    session.query(ABANDON);
    return one(session.query(CLAIM, replica, seconds(lease)));
  }

  static boolean begin(Session session, long id, UUID replica, Conditions with) {
    return session
            .query(
                BEGIN,
                id,
                replica,
                with.minGain(),
                with.significance(),
                with.maxTrials(),
                Columns.name(with.seeks()),
                Columns.probes(with.current()),
                Columns.depth(with.current()),
                with.lists(),
                with.documents(),
                with.chunks(),
                with.queries(),
                with.maxDocuments())
            .rowCount()
        > 0;
  }

  /** Whether the replica still has the run. */
  static boolean renew(Session session, long id, UUID replica, Duration lease) {
    return session.query(RENEW, id, replica, seconds(lease)).rowCount() > 0;
  }

  /** Whether the replica still had the run. */
  static boolean end(Session session, long id, UUID replica, Outcome outcome, String detail) {
    return session.query(END, id, replica, Columns.name(outcome), detail).rowCount() > 0;
  }

  /** Forgets the runs that ended so long ago, with their trials. */
  static void forget(Session session, Duration kept) {
    session.query(FORGET, seconds(kept));
  }

  static Optional<Run> find(Session session, long generationId, long id) {
    return one(session.query(FIND, generationId, id));
  }

  /** The last runs, newest first. */
  static List<Run> latest(Session session, long generationId, int limit) {
    List<Run> runs = new ArrayList<>();
    session.query(LATEST, generationId, limit).forEach(row -> runs.add(run(row)));
    return runs;
  }

  static Optional<Run> lastTuned(Session session, long generationId) {
    return one(session.query(TUNED, generationId));
  }

  /** How many times a document was put, changed or removed since the run began. */
  static long changedSince(Session session, long id) {
    for (Row row : session.query(CHANGED, id)) {
      return row.getLong(0);
    }
    return 0;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static Optional<Run> one(RowSet<Row> rows) {
    for (Row row : rows) {
      return Optional.of(run(row));
    }
    return Optional.empty();
  }

  private static Run run(Row row) {
    return new Run(
        row.getLong("id"),
        row.getLong("generation_id"),
        Columns.value(Cause.class, row.getString("cause")),
        row.getLong("seed"),
        row.getDouble("min_recall"),
        row.getInteger("max_trials") == null ? null : conditions(row),
        Columns.instant(row, "created_at"),
        Columns.instant(row, "ended_at"),
        Columns.value(Outcome.class, row.getString("outcome")),
        row.getString("detail"));
  }

  private static Conditions conditions(Row row) {
    return new Conditions(
        row.getDouble("min_gain"),
        row.getDouble("significance"),
        row.getInteger("max_trials"),
        Columns.value(Seeks.class, row.getString("seeks")),
        Columns.effort(row),
        row.getInteger("lists"),
        row.getInteger("documents"),
        row.getInteger("chunks"),
        row.getInteger("queries"),
        row.getInteger("max_documents"));
  }
}
