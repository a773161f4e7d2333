package relata.worker.claim;

import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import relata.worker.database.Database;

/** Writes down why documents have no features yet. */
@Singleton
public final class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class);
  private static final int LONGEST_REASON = 500;

  private static final String RECORD =
      """
      with outcome as (
        select * from unnest($2::bigint[], $3::bigint[], $4::text[], $5::int[], $6::bigint[],
                             $7::text[], $8::text[])
            as o (generation_id, document_id, state, attempts, delay, code, reason)),
      mine as (
        select s.generation_id, s.document_id
          from feature.document_state s join outcome o using (generation_id, document_id)
         where s.claim = $1 and s.state = 'processing'
         order by 1, 2
           for update of s)
      update feature.document_state s
         set state = o.state, attempts = o.attempts,
             next_attempt_at = now() + o.delay * interval '1 millisecond',
             claim = null, lease_until = null, error_code = o.code, error = o.reason,
             updated_at = now()
        from mine join outcome o using (generation_id, document_id)
       where s.generation_id = mine.generation_id and s.document_id = mine.document_id
      """;

  private record Row(
      Claimed document, String state, int attempts, Optional<Duration> delay, Verdict verdict) {
    boolean isDead() {
      return state.equals("dead");
    }
  }

  /**
   * What was written down.
   *
   * @param firstRetry when the first of the failed is due again
   */
  public record Recorded(int failed, int dead, Optional<Duration> firstRetry) {}

  private final Database database;
  private final ClaimConfig config;

  Failures(Database database, ClaimConfig config) {
    this.database = database;
    this.config = config;
  }

  /**
   * Those that had all their tries and are here again: each time a worker took them and was heard
   * of no more, because whatever else ends a try is written down.
   */
  public Map<Claimed, Verdict> lost(Claim claim) {
    Map<Claimed, Verdict> lost = new LinkedHashMap<>();
    for (Claimed document : claim.documents()) {
      if (document.attempts() > config.maxAttempts()) {
        lost.put(
            document,
            new Verdict.Dead(
                "worker_lost",
                "%d workers in a row ended while they worked on it; it may be too large to split."
                    .formatted(config.maxAttempts())));
      }
    }
    return lost;
  }

  /** Writes the verdicts on rows that are still the claim's, and settles them. */
  public Recorded record(Claim claim, Map<Claimed, Verdict> verdicts) {
    if (verdicts.isEmpty()) {
      return new Recorded(0, 0, Optional.empty());
    }
    List<Row> rows = new ArrayList<>();
    verdicts.forEach((document, verdict) -> rows.add(row(document, verdict)));
    List<Claimed> documents = rows.stream().map(Row::document).toList();
    database.run(
        RECORD,
        Tuple.tuple()
            .addValue(claim.id())
            .addValue(Claims.generations(documents))
            .addValue(Claims.documents(documents))
            .addValue(rows.stream().map(Row::state).toArray(String[]::new))
            .addValue(rows.stream().map(Row::attempts).toArray(Integer[]::new))
            .addValue(
                rows.stream()
                    .map(row -> row.delay().map(Duration::toMillis).orElse(null))
                    .toArray(Long[]::new))
            .addValue(rows.stream().map(row -> row.verdict().code()).toArray(String[]::new))
            .addValue(rows.stream().map(row -> printable(row.verdict())).toArray(String[]::new)));
    claim.close(documents);
    rows.forEach(Failures::log);
    int dead = (int) rows.stream().filter(Row::isDead).count();
    return new Recorded(
        rows.size() - dead,
        dead,
        rows.stream().flatMap(row -> row.delay().stream()).min(Comparator.naturalOrder()));
  }

  private Row row(Claimed document, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Wait wait ->
          new Row(document, "failed", document.attempts() - 1, Optional.of(wait.delay()), wait);
      case Verdict.Lacking lacking ->
          new Row(document, "failed", document.attempts() - 1, Optional.empty(), lacking);
      case Verdict.Dead dead ->
          new Row(document, "dead", document.attempts(), Optional.empty(), dead);
      case Verdict.Retry retry when document.attempts() >= config.maxAttempts() ->
          new Row(document, "dead", document.attempts(), Optional.empty(), retry);
      case Verdict.Retry retry -> {
        Duration delay = Backoff.after(document.attempts(), config, RandomGenerator.getDefault());
        yield new Row(document, "failed", document.attempts(), Optional.of(delay), retry);
      }
    };
  }

  private static void log(Row row) {
    Logger.Level level = row.isDead() ? Logger.Level.WARN : Logger.Level.DEBUG;
    LOG.logf(
        level,
        "document %s document=%d generation=%d version=%d attempts=%d code=%s reason=\"%s\"",
        row.state(),
        row.document().documentId(),
        row.document().generationId(),
        row.document().version(),
        row.attempts(),
        row.verdict().code(),
        row.verdict().reason());
  }

  /** PostgreSQL takes no NUL, and a server's message may hold anything. */
  private static String printable(Verdict verdict) {
    String text = verdict.reason().replace('\0', ' ');
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
  }
}
