package relata.worker.sweep;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.worker.claim.Staleness;
import relata.worker.database.Database;
import relata.worker.generation.Served;

/** Finds documents whose next try is due, and when the next ones are. Two small indexes. */
@Singleton
class DueDocuments {
  /** A document whose next try is due under a generation. */
  record Due(Served generation, long documentId) {}

  private static final String DUE =
      """
      select %1$s, document_id
        from (
          (select s.generation_id, s.document_id, s.next_attempt_at as due
             from feature.document_state s join content.generation g on g.id = s.generation_id
            where s.state = 'failed' and s.next_attempt_at <= now() and %2$s
            order by s.next_attempt_at limit $1)
          union all
          (select s.generation_id, s.document_id, s.lease_until
             from feature.document_state s join content.generation g on g.id = s.generation_id
            where s.state = 'processing' and s.lease_until <= now() and %2$s
            order by s.lease_until limit $1)) found
        join content.generation g on g.id = found.generation_id
       order by due
       limit $1
      """
          .formatted(Served.columns("g"), Staleness.served("g"));

  /** Each index entry of what is due is read, and nothing else. */
  private static final String GENERATIONS =
      """
      select %s
        from content.generation g
       where %s and g.id in (
             select generation_id from feature.document_state
              where state = 'failed' and next_attempt_at <= now()
             union
             select generation_id from feature.document_state
              where state = 'processing' and lease_until <= now())
      """
          .formatted(Served.columns("g"), Staleness.served("g"));

  private static final String NEXT_DUE =
      """
      select extract(epoch from least(
        (select min(next_attempt_at) from feature.document_state
          where state = 'failed' and next_attempt_at > now()),
        (select min(lease_until) from feature.document_state
          where state = 'processing' and lease_until > now())) - now())::float8
      """;

  private final Database database;
  private final SweepConfig config;

  DueDocuments(Database database, SweepConfig config) {
    this.database = database;
    this.config = config;
  }

  /** Those that are due for longest, at most a page. */
  List<Due> find() {
    List<Due> due = new ArrayList<>();
    for (Row row : database.run(DUE, Tuple.of(config.pageSize()))) {
      due.add(new Due(Served.read(row), row.getLong(5)));
    }
    return due;
  }

  /** All generations that have such documents. */
  List<Served> generations() {
    List<Served> generations = new ArrayList<>();
    for (Row row : database.run(GENERATIONS, Tuple.tuple())) {
      generations.add(Served.read(row));
    }
    return generations;
  }

  /** When the next try is due that is not due yet; empty when none is planned. */
  Optional<Duration> next() {
    for (Row row : database.run(NEXT_DUE, Tuple.tuple())) {
      return Optional.ofNullable(row.getDouble(0))
          .map(seconds -> Duration.ofMillis((long) Math.ceil(seconds * 1000)));
    }
    return Optional.empty();
  }
}
