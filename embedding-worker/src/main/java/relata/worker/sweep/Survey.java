package relata.worker.sweep;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import relata.worker.claim.Staleness;
import relata.worker.database.Database;
import relata.worker.generation.Served;

/** Counts how far each served generation is. */
@Singleton
class Survey {
  /**
   * How far a generation is, exactly as of one moment.
   *
   * @param documents of its collection
   * @param covered whose features are those of the document as it is; also when there is nothing to
   *     embed
   * @param pending that are neither covered nor dead
   * @param stale that would be claimed now
   * @param dead that nobody tries again
   * @param oldestPendingSeconds since the longest pending one was written; 0 when none is
   */
  record Count(
      Served generation,
      long documents,
      long covered,
      long pending,
      long stale,
      long dead,
      double oldestPendingSeconds) {}

  private static final String COUNT =
      """
      select %1$s, count(d.id), count(d.id) filter (where covered), count(d.id) filter (where pending),
             count(d.id) filter (where stale), count(d.id) filter (where dead),
             coalesce(extract(epoch from now() - min(d.updated_at) filter (where pending)), 0)::float8
        from content.generation g
        left join content.document d on d.collection_id = g.collection_id
        left join feature.document_state s on s.generation_id = g.id and s.document_id = d.id
       cross join lateral (
             select coalesce(s.state in ('ready', 'skipped') and %2$s, false) as covered,
                    coalesce(s.state = 'dead' and %2$s, false) as dead,
                    s.document_id is null or %3$s as stale) as is_it
       cross join lateral (select not covered and not dead as pending) as is_it_too
       where %4$s
       group by g.id
       order by g.id
      """
          .formatted(
              Served.columns("g"),
              Staleness.sameContent("d"),
              Staleness.of("d"),
              Staleness.served("g"));

  private final Database database;

  Survey(Database database) {
    this.database = database;
  }

  List<Count> count() {
    List<Count> counts = new ArrayList<>();
    for (Row row : database.run(COUNT, Tuple.tuple())) {
      counts.add(
          new Count(
              Served.read(row),
              row.getLong(5),
              row.getLong(6),
              row.getLong(7),
              row.getLong(8),
              row.getLong(9),
              row.getDouble(10)));
    }
    return counts;
  }
}
