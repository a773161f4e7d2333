package relata.api.deadletter;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Reads dead letters. An index of its own holds them, so a page costs the same wherever it is. */
@Singleton
final class DeadLetterQuery {
  private static final String COLUMNS =
      """
      select s.generation_id, s.document_id, c.name, d.external_id, s.version, s.error_code,
             s.error, s.attempts, s.updated_at""";

  private static final String PAGE =
      """
      %s
        from %s
       where %s
         and (s.generation_id, s.document_id) > ($4, $5)
       order by s.generation_id, s.document_id
       limit $6"""
          .formatted(COLUMNS, DeadLetterFilter.TABLES, DeadLetterFilter.CONDITION);

  private static final String BY_CODE =
      """
      select coalesce(s.error_code, 'unknown') as code, count(*) as letters
        from %s
       where %s
       group by 1
       order by 2 desc, 1"""
          .formatted(DeadLetterFilter.TABLES, DeadLetterFilter.CONDITION);

  private static final String ONE =
      """
      %s
        from %s
       where %s
         and s.generation_id = $4 and s.document_id = $5"""
          .formatted(COLUMNS, DeadLetterFilter.TABLES, DeadLetterFilter.CONDITION);

  private final Pool pool;

  DeadLetterQuery(Pool pool) {
    this.pool = pool;
  }

  /** The dead letters behind an id. */
  Uni<DeadLetterPage> page(DeadLetterFilter filter, DeadLetterId after, int limit) {
    Tuple parameters =
        filter
            .parameters()
            .addLong(after.generation())
            .addLong(after.document())
            // One more than asked for says that there is a next page.
            .addInteger(limit + 1);
    return byCode(filter)
        .chain(
            counts ->
                pool.preparedQuery(PAGE)
                    .execute(parameters)
                    .map(rows -> page(letters(rows), counts, limit)));
  }

  /** One dead letter; fails with the 404 that names it. */
  Uni<DeadLetter> one(DeadLetterId id) {
    Tuple parameters =
        new DeadLetterFilter(null, null)
            .parameters()
            .addLong(id.generation())
            .addLong(id.document());
    return pool.preparedQuery(ONE)
        .execute(parameters)
        .map(rows -> letters(rows).stream().findFirst())
        .map(found -> found.orElseThrow(() -> id.unknown().exception()));
  }

  private Uni<Map<String, Long>> byCode(DeadLetterFilter filter) {
    return pool.preparedQuery(BY_CODE)
        .execute(filter.parameters())
        .map(
            rows -> {
              Map<String, Long> counts = new LinkedHashMap<>();
              rows.forEach(row -> counts.put(row.getString("code"), row.getLong("letters")));
              return counts;
            });
  }

  private static DeadLetterPage page(
      List<DeadLetter> letters, Map<String, Long> byCode, int limit) {
    long total = byCode.values().stream().mapToLong(Long::longValue).sum();
    if (letters.size() <= limit) {
      return new DeadLetterPage(letters, total, byCode, null);
    }
    List<DeadLetter> page = letters.subList(0, limit);
    return new DeadLetterPage(page, total, byCode, page.getLast().id());
  }

  private static List<DeadLetter> letters(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(DeadLetterQuery::letter).toList();
  }

  private static DeadLetter letter(Row row) {
    return new DeadLetter(
        new DeadLetterId(row.getLong("generation_id"), row.getLong("document_id")).text(),
        row.getString("name"),
        row.getString("external_id"),
        row.getLong("generation_id"),
        row.getLong("version"),
        row.getString("error_code"),
        row.getString("error"),
        row.getInteger("attempts"),
        row.getOffsetDateTime("updated_at").toInstant());
  }
}
