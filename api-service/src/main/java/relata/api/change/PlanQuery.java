package relata.api.change;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Counts what there is that a new generation could reuse. */
@Singleton
final class PlanQuery {
  private static final String COUNT =
      """
      select documents, body_characters, made, described,
             (select count(*) from feature.chunk
               where generation_id = $2 and kind <> 'description') as content_chunks,
             (select digest from feature.generation_model
               where generation_id = $2 and purpose = 'embed') as digest
        from (
          select count(*) as documents,
                 coalesce(sum(length(d.body)), 0)::bigint as body_characters,
                 count(*) filter (where s.stored_version is not null
                                     or s.state in ('ready', 'skipped', 'dead')) as made,
                 count(*) filter (where s.description is not null) as described
            from content.document d
            left join feature.document_state s on s.generation_id = $2 and s.document_id = d.id
           where d.collection_id = $1) as counted""";

  private final Pool pool;

  PlanQuery(Pool pool) {
    this.pool = pool;
  }

  /**
   * What a collection has and its active generation made.
   *
   * @param digest of the model that embedded it; empty if nothing was embedded, or none is known
   */
  record Facts(ModelWork.Stored stored, Optional<String> digest) {}

  Uni<Facts> count(long collectionId, long active) {
    return pool.preparedQuery(COUNT)
        .execute(Tuple.of(collectionId, active))
        .map(rows -> facts(rows.iterator().next()));
  }

  private static Facts facts(Row row) {
    return new Facts(
        new ModelWork.Stored(
            row.getLong("documents"),
            row.getLong("body_characters"),
            row.getLong("made"),
            row.getLong("described"),
            row.getLong("content_chunks")),
        Optional.ofNullable(row.getString("digest")).filter(digest -> !digest.isEmpty()));
  }
}
