package relata.worker.sweep;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.worker.claim.Staleness;
import relata.worker.database.Database;

/** Finds what the claim would take. */
@Singleton
class StaleDocuments {
  /** Before every document. */
  static final Found START =
      new Found(0, OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), 0);

  /**
   * A document that is stale.
   *
   * @param since when it was written, or when its next try was due
   */
  record Found(long documentId, OffsetDateTime since, long collectionId) {}

  /** From page to page by the key, so that a pass ends even if nothing becomes ready. */
  private static final String STALE =
      """
      select d.id, d.updated_at, d.collection_id
        from content.document d
       where (d.updated_at, d.id) > ($1, $2)
         and exists (
             select from content.generation g
               left join feature.document_state s
                 on s.generation_id = g.id and s.document_id = d.id
              where g.collection_id = d.collection_id and %s
                and (s.document_id is null or %s))
       order by d.updated_at, d.id
       limit $3
      """
          .formatted(Staleness.served("g"), Staleness.of("d"));

  /** What failed and is due, and what a worker left behind. Two small indexes. */
  private static final String DUE =
      """
      select document_id, due, collection_id from (
        (select document_id, next_attempt_at as due from feature.document_state
          where state = 'failed' and next_attempt_at <= now()
            and (next_attempt_at, document_id) > ($1, $2)
          order by next_attempt_at, document_id limit $3)
        union all
        (select document_id, lease_until from feature.document_state
          where state = 'processing' and lease_until <= now()
            and (lease_until, document_id) > ($1, $2)
          order by lease_until, document_id limit $3)) found
        join content.document d on d.id = document_id
       order by due, document_id
       limit $3
      """;

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

  StaleDocuments(Database database, SweepConfig config) {
    this.database = database;
    this.config = config;
  }

  /** The oldest stale documents behind the given one; a page that is not full is the last. */
  List<Found> stale(Found after) {
    return page(STALE, after);
  }

  /** The documents whose next try is due, behind the given one. */
  List<Found> due(Found after) {
    return page(DUE, after);
  }

  /** When the next try is due that is not due yet; empty when none is planned. */
  Optional<Duration> nextDue() {
    for (Row row : database.run(NEXT_DUE, Tuple.tuple())) {
      return Optional.ofNullable(row.getDouble(0))
          .map(seconds -> Duration.ofMillis((long) Math.ceil(seconds * 1000)));
    }
    return Optional.empty();
  }

  private List<Found> page(String sql, Found after) {
    List<Found> found = new ArrayList<>();
    Tuple values = Tuple.of(after.since(), after.documentId(), config.pageSize());
    for (Row row : database.run(sql, values)) {
      found.add(new Found(row.getLong(0), row.getOffsetDateTime(1), row.getLong(2)));
    }
    return found;
  }
}
