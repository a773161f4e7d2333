package relata.worker.backfill;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import relata.worker.claim.Staleness;
import relata.worker.database.Database;
import relata.worker.generation.Served;

/** The collections that a backfill is about. */
@Singleton
class Scope {
  private static final String MEANT =
      "($1::text is null or c.name = $1) and ($2::text is null or c.tenant = $2)";

  private static final String EXISTS = "select count(*) from content.collection c where " + MEANT;

  /** Those that searches are answered from come first. */
  private static final String GENERATIONS =
      """
      select %s
        from content.generation g join content.collection c on c.id = g.collection_id
       where %s and %s
       order by g.state, g.id
      """
          .formatted(Served.columns("g"), Staleness.served("g"), MEANT);

  /** What only a person can mend was tried once more when its time had come, and is left then. */
  private static final String DOCUMENTS =
      """
        from content.generation g
        join content.collection c on c.id = g.collection_id
        join content.document d on d.collection_id = g.collection_id
        left join feature.document_state s on s.generation_id = g.id and s.document_id = d.id
       cross join lateral (select coalesce(%s, false) as same) as compared
       cross join lateral (
             select not (same and s.state in ('ready', 'skipped', 'dead')) as pending,
                    same and s.state = 'failed' as failed,
                    s.next_attempt_at is null
                      or (s.error_code in ('model_changed', 'prompt')
                          and s.next_attempt_at > now()) as lacking) as counted
       where %s and %s
      """
          .formatted(Staleness.sameContent("d"), Staleness.served("g"), MEANT);

  private static final String REMAINING =
      """
      select count(*) filter (where pending),
             count(*) filter (where failed and not lacking),
             count(*) filter (where failed and lacking),
             count(*) filter (where same and s.state = 'dead'),
             coalesce(sum(s.attempts) filter (where failed and not lacking), 0)::bigint,
             count(*) filter (where failed and not lacking and s.next_attempt_at > now()
                                and s.updated_at < now() - $3 * interval '1 millisecond')
      """
          + DOCUMENTS;

  private static final String REASONS =
      "select s.error_code, s.error, count(*)"
          + DOCUMENTS
          + " and failed group by 1, 2 order by 3 desc, 1, 2 limit 5";

  /** Why documents wait. */
  record Reason(String code, String words, long documents) {}

  private final Database database;
  private final BackfillConfig config;

  Scope(Database database, BackfillConfig config) {
    this.database = database;
    this.config = config;
  }

  /** Whether there is a collection that is meant, or none has to be. */
  boolean exists(BackfillOptions options) {
    return (options.collection().isEmpty() && options.tenant().isEmpty())
        || database.run(EXISTS, meant(options)).iterator().next().getLong(0) > 0;
  }

  List<Served> generations(BackfillOptions options) {
    List<Served> generations = new ArrayList<>();
    for (Row row : database.run(GENERATIONS, meant(options))) {
      generations.add(Served.read(row));
    }
    return generations;
  }

  Remaining remaining(BackfillOptions options) {
    Tuple meant = meant(options).addLong(config.standstill().toMillis());
    Row row = database.run(REMAINING, meant).iterator().next();
    return new Remaining(
        row.getLong(0),
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5));
  }

  /** Why documents wait, the reason of the most first. */
  List<Reason> reasons(BackfillOptions options) {
    List<Reason> reasons = new ArrayList<>();
    for (Row row : database.run(REASONS, meant(options))) {
      reasons.add(new Reason(row.getString(0), row.getString(1), row.getLong(2)));
    }
    return reasons;
  }

  private static Tuple meant(BackfillOptions options) {
    return Tuple.of(options.collection().orElse(null), options.tenant().orElse(null));
  }
}
