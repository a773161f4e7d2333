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
  private static final String REMAINING =
      """
      select count(*) filter (where pending),
             count(*) filter (where pending and same and s.state = 'failed' and not lacking),
             count(*) filter (where pending and same and s.state = 'failed' and lacking),
             count(*) filter (where same and s.state = 'dead')
        from content.generation g
        join content.collection c on c.id = g.collection_id
        join content.document d on d.collection_id = g.collection_id
        left join feature.document_state s on s.generation_id = g.id and s.document_id = d.id
       cross join lateral (select coalesce(%s, false) as same) as compared
       cross join lateral (
             select not (same and s.state in ('ready', 'skipped', 'dead')) as pending,
                    s.next_attempt_at is null
                      or (s.error_code in ('model_changed', 'prompt')
                          and s.next_attempt_at > now()) as lacking) as counted
       where %s and %s
      """
          .formatted(Staleness.sameContent("d"), Staleness.served("g"), MEANT);

  private final Database database;

  Scope(Database database) {
    this.database = database;
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
    Row row = database.run(REMAINING, meant(options)).iterator().next();
    return new Remaining(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3));
  }

  private static Tuple meant(BackfillOptions options) {
    return Tuple.of(options.collection().orElse(null), options.tenant().orElse(null));
  }
}
