package relata.graph.index;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import relata.graph.database.Session;
import relata.graph.index.JournalEntry.Times;
import relata.graph.tune.Recall;
import relata.graph.tune.Trial;
import relata.graph.vector.VectorIndex;

/** The journal of trials. */
final class TrialTable {
  private static final String PUT =
      """
      insert into graph.tuning_trial
             (run_id, number, generation_id, purpose, probes, depth, current_probes, current_depth,
              held, recall, recall_lower, ratio, nanos_p50, nanos_p99, current_p50, current_p99,
              heap_bytes, vector_bytes, planned_queries, recalls, nanos, current_nanos)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
              $20, $21, $22)
      """;

  private static final String PAGE =
      """
      select run_id, number, purpose, probes, depth, current_probes, current_depth, held, recall,
             recall_lower, ratio, nanos_p50, nanos_p99, current_p50, current_p99, heap_bytes,
             vector_bytes, planned_queries, cardinality(recalls) as queries, tried_at
        from graph.tuning_trial
       where generation_id = $1 and (run_id, number) < ($2, $3)
       order by run_id desc, number desc
       limit $4
      """;

  private static final String OF_RUN =
      """
      select purpose, probes, depth, current_probes, current_depth, planned_queries, recalls, nanos,
             current_nanos
        from graph.tuning_trial where run_id = $1 order by number
      """;

  private static final String WITHIN_THE_HOUR =
      """
      select count(*) from graph.tuning_trial
       where generation_id = $1 and tried_at > now() - interval '1 hour'
      """;

  private TrialTable() {}

  static void put(Session session, Run run, int number, Trial trial, VectorIndex.Size size) {
    Recall recall = trial.recall();
    session.query(
        PUT,
        run.id(),
        number,
        run.generationId(),
        Columns.name(trial.purpose()),
        Columns.probes(trial.effort()),
        Columns.depth(trial.effort()),
        Columns.probes(trial.current()),
        Columns.depth(trial.current()),
        trial.holds(run.minRecall()),
        recall.mean(),
        recall.lower(),
        trial.ratio(),
        trial.nanos(0.5),
        trial.nanos(0.99),
        trial.currentNanos(0.5),
        trial.currentNanos(0.99),
        size.heapBytes(),
        size.vectorBytes(),
        trial.planned(),
        Arrays.stream(trial.recalls()).boxed().toArray(Double[]::new),
        Arrays.stream(trial.nanos()).boxed().toArray(Long[]::new),
        Arrays.stream(trial.currentNanos()).boxed().toArray(Long[]::new));
  }

  static int withinTheHour(Session session, long generationId) {
    return session.query(WITHIN_THE_HOUR, generationId).iterator().next().getLong(0).intValue();
  }

  /** Trials before this one of this run, newest first. */
  static List<JournalEntry> page(
      Session session, long generationId, long runId, int number, int limit) {
    List<JournalEntry> entries = new ArrayList<>();
    session.query(PAGE, generationId, runId, number, limit).forEach(row -> entries.add(entry(row)));
    return entries;
  }

  /** The trials of a run with all that was measured, in their order. */
  static List<Trial> of(Session session, long runId) {
    List<Trial> trials = new ArrayList<>();
    session.query(OF_RUN, runId).forEach(row -> trials.add(trial(row)));
    return trials;
  }

  private static JournalEntry entry(Row row) {
    return new JournalEntry(
        row.getLong("run_id"),
        row.getInteger("number"),
        Columns.value(Trial.Purpose.class, row.getString("purpose")),
        Columns.effort(row),
        Columns.effort(row, "current_probes", "current_depth"),
        row.getBoolean("held"),
        new Recall(
            row.getDouble("recall"), row.getDouble("recall_lower"), row.getInteger("queries")),
        row.getDouble("ratio"),
        new Times(row.getLong("nanos_p50"), row.getLong("nanos_p99")),
        new Times(row.getLong("current_p50"), row.getLong("current_p99")),
        row.getLong("heap_bytes"),
        row.getLong("vector_bytes"),
        row.getInteger("planned_queries"),
        Columns.instant(row, "tried_at"));
  }

  private static Trial trial(Row row) {
    return new Trial(
        Columns.value(Trial.Purpose.class, row.getString("purpose")),
        Columns.effort(row),
        Columns.effort(row, "current_probes", "current_depth"),
        row.getInteger("planned_queries"),
        Arrays.stream(row.getArrayOfDoubles("recalls")).mapToDouble(value -> value).toArray(),
        Arrays.stream(row.getArrayOfLongs("nanos")).mapToLong(value -> value).toArray(),
        Arrays.stream(row.getArrayOfLongs("current_nanos")).mapToLong(value -> value).toArray());
  }
}
