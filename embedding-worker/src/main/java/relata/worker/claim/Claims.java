package relata.worker.claim;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import relata.worker.database.Database;

/**
 * Takes, keeps and gives back documents. Rows are locked in key order, or workers would deadlock.
 */
@Singleton
public final class Claims {
  /**
   * The documents are read by their key first: joined at once, the planner takes the index by age
   * and reads the whole collection. Its commit waits for no disk: if a crash of the database undoes
   * it, the documents are stale again, and the fence keeps out what was made of them.
   */
  private static final String TAKE =
      """
      with relaxed as materialized (select set_config('synchronous_commit', 'off', true)),
      named as materialized (
        select id, collection_id, version, content_hash, request, title, body
          from content.document where id = any($1::bigint[])),
      wanted as (
        select g.id as generation_id, d.id as document_id, d.version, d.content_hash, d.request,
               octet_length(d.title) + octet_length(d.body)
                 + (case when g.recipe #>> '{embed,source}' = 'client'
                        then (select coalesce(sum(octet_length(p.vector)), 0) / 10
                                from content.provided_chunk p
                               where p.generation_id = g.id and p.document_id = d.id)
                        else 0 end)::bigint as size
          from named d
          join content.generation g on g.collection_id = d.collection_id
         where g.id = $4 and %s),
      taken as (
        insert into feature.document_state as s
               (generation_id, document_id, version, content_hash, request, state, attempts,
                claim, lease_until, updated_at)
        select generation_id, document_id, version, content_hash, request, 'processing', 1, $2,
               now() + $3 * interval '1 millisecond', now()
          from wanted
         order by generation_id, document_id
        on conflict (generation_id, document_id) do update set
               version = excluded.version,
               content_hash = excluded.content_hash,
               request = excluded.request,
               state = 'processing',
               attempts = case when %s then s.attempts + 1 else 1 end,
               next_attempt_at = null,
               claim = excluded.claim,
               lease_until = excluded.lease_until,
               error_code = null,
               error = null,
               updated_at = excluded.updated_at
         where %s
        returning s.generation_id, s.document_id, s.version, s.attempts)
      select t.generation_id, t.document_id, t.version, t.attempts, w.size
        from taken t join wanted w using (generation_id, document_id) cross join relaxed
       order by t.generation_id, t.document_id
      """
          .formatted(
              Staleness.served("g"), Staleness.sameContent("excluded"), Staleness.of("excluded"));

  /** Rows that others hold just now are being taken from us: no reason to wait for them. */
  private static final String RENEW =
      """
      with mine as (
        select s.generation_id, s.document_id
          from feature.document_state s
          join unnest($2::bigint[], $3::bigint[]) as o (generation_id, document_id)
            using (generation_id, document_id)
         where s.claim = $1 and s.state = 'processing'
         order by 1, 2
           for update of s skip locked)
      update feature.document_state s
         set lease_until = now() + $4 * interval '1 millisecond'
        from mine
       where s.generation_id = mine.generation_id and s.document_id = mine.document_id
      """;

  private static final String GIVE_BACK =
      """
      with mine as (
        select s.generation_id, s.document_id
          from feature.document_state s
          join unnest($2::bigint[], $3::bigint[]) as o (generation_id, document_id)
            using (generation_id, document_id)
         where s.claim = $1 and s.state = 'processing'
         order by 1, 2
           for update of s)
      update feature.document_state s
         set claim = null, lease_until = now(), attempts = greatest(s.attempts - 1, 0),
             updated_at = now()
        from mine
       where s.generation_id = mine.generation_id and s.document_id = mine.document_id
      """;

  private final Database database;
  private final ClaimConfig config;

  Claims(Database database, ClaimConfig config) {
    this.database = database;
    this.config = config;
  }

  /**
   * Takes those of the documents that exist and are stale under the generation, if it is served.
   */
  public Claim take(long generationId, Collection<Long> documentIds) {
    UUID id = UUID.randomUUID();
    List<Claimed> claimed = new ArrayList<>();
    Tuple values =
        Tuple.of(documentIds.toArray(Long[]::new), id, config.lease().toMillis(), generationId);
    for (Row row : database.run(TAKE, values)) {
      claimed.add(
          new Claimed(
              row.getLong(0), row.getLong(1), row.getLong(2), row.getInteger(3), row.getLong(4)));
    }
    return new Claim(id, claimed);
  }

  /** Keeps what is open for another lease. */
  void renew(Claim claim) {
    List<Claimed> open = claim.open();
    if (!open.isEmpty()) {
      database.run(
          RENEW,
          Tuple.of(claim.id(), generations(open), documents(open), config.lease().toMillis()));
    }
  }

  /**
   * Lets go of documents of the claim, so that they are stale at once and the try does not count.
   */
  public void giveBack(Claim claim, List<Claimed> documents) {
    if (!documents.isEmpty()) {
      database.run(GIVE_BACK, Tuple.of(claim.id(), generations(documents), documents(documents)));
      claim.close(documents);
    }
  }

  /** How long the claim is kept between two signs of life. */
  Duration heartbeat() {
    return config.lease().dividedBy(3);
  }

  static Long[] generations(List<Claimed> claimed) {
    return claimed.stream().map(Claimed::generationId).toArray(Long[]::new);
  }

  static Long[] documents(List<Claimed> claimed) {
    return claimed.stream().map(Claimed::documentId).toArray(Long[]::new);
  }
}
