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
      select %s, document_id
        from (
          (select generation_id, document_id, next_attempt_at as due from feature.document_state
            where state = 'failed' and next_attempt_at <= now()
            order by next_attempt_at limit $1)
          union all
          (select generation_id, document_id, lease_until from feature.document_state
            where state = 'processing' and lease_until <= now()
            order by lease_until limit $1)) found
        join content.generation g on g.id = found.generation_id
       where %s
       order by due
       limit $1
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

  /** When the next try is due that is not due yet; empty when none is planned. */
  Optional<Duration> next() {
    for (Row row : database.run(NEXT_DUE, Tuple.tuple())) {
      return Optional.ofNullable(row.getDouble(0))
          .map(seconds -> Duration.ofMillis((long) Math.ceil(seconds * 1000)));
    }
    return Optional.empty();
  }
}
