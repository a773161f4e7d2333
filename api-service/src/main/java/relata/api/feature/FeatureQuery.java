package relata.api.feature;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import relata.api.collection.FoundCollection;
import relata.api.document.ExternalId;
import relata.api.feature.FeaturesView.Chunk;
import relata.api.feature.FeaturesView.Description;
import relata.api.feature.FeaturesView.Embedding;
import relata.api.feature.FeaturesView.Failure;
import relata.api.status.DocumentState;

/** Reads a document's features in one statement, so that chunks and state are of one moment. */
@Singleton
final class FeatureQuery {
  private static final String READ =
      """
      select g.id as generation, g.state as generation_state, g.paused,
             d.external_id, d.version, d.updated_at as written_at,
             %s as state,
             s.stored_version, s.attempts, s.error_code, s.error, s.next_attempt_at,
             s.updated_at as state_since, coalesce(s.lease_until <= now(), false) as is_lost,
             x.text as description, x.model as description_model, x.prompt,
             encode(x.prompt_sha256, 'hex') as prompt_sha256,
             m.model, m.digest, m.dimension,
             (select count(*) from feature.chunk c
               where c.generation_id = g.id and c.document_id = d.id) as chunk_count,
             (select json_agg(page order by ordinal)
                from (select c.ordinal, c.kind, c.heading_path, c.text, c.dimension
                        from feature.chunk c
                       where c.generation_id = g.id and c.document_id = d.id and c.ordinal > $4
                       order by c.ordinal
                       limit $5) as page) as chunks
        from content.generation g
        left join content.document d
          on d.collection_id = g.collection_id and d.external_id = $3
        left join feature.document_state s on s.generation_id = g.id and s.document_id = d.id
        left join feature.description x
          on x.generation_id = g.id and x.document_id = d.id and x.fingerprint = s.description
        left join feature.generation_model m on m.generation_id = g.id and m.purpose = 'embed'
       where g.collection_id = $1 and g.id = $2"""
          .formatted(DocumentState.SQL);

  private final Pool pool;

  FeatureQuery(Pool pool) {
    this.pool = pool;
  }

  /**
   * The features with the chunks behind the ordinal {@code after}; fails with 404 if there is no
   * such document or generation.
   *
   * @param generation null for the active one
   */
  Uni<FeaturesView> of(
      FoundCollection collection, String id, Long generation, int after, int limit) {
    long wanted = generation == null ? collection.generation() : generation;
    return pool.preparedQuery(READ)
        .execute(
            Tuple.tuple()
                .addLong(collection.id())
                .addLong(wanted)
                .addString(id)
                .addInteger(after)
                // One more than asked for says that there is a next page.
                .addInteger(limit + 1))
        .map(rows -> view(collection, id, wanted, rows, limit));
  }

  private static FeaturesView view(
      FoundCollection collection, String id, long generation, RowSet<Row> rows, int limit) {
    if (rows.size() == 0) {
      throw Generations.unknown(collection, generation).exception();
    }
    Row row = rows.iterator().next();
    if (row.getString("external_id") == null) {
      throw ExternalId.unknown(id).exception();
    }
    return view(row, limit);
  }

  private static FeaturesView view(Row row, int limit) {
    FeatureState state = state(row);
    List<Chunk> chunks = chunks(row);
    boolean isMore = chunks.size() > limit;
    List<Chunk> page = isMore ? chunks.subList(0, limit) : chunks;
    return new FeaturesView(
        row.getString("external_id"),
        row.getLong("generation"),
        state.version(),
        state.state().text(),
        state.storedVersion(),
        description(row),
        embedding(row, state),
        row.getInteger("chunk_count"),
        page,
        isMore ? String.valueOf(page.getLast().ordinal()) : null,
        state.attempts(),
        state.failure(),
        state.nextRetryAt(),
        state.why().orElse(null));
  }

  private static FeatureState state(Row row) {
    DocumentState state = DocumentState.of(row.getString("state"));
    // What is pending was not tried yet: what the row tells is of an older version or request.
    boolean isTried = state != DocumentState.PENDING;
    String code = row.getString("error_code");
    return new FeatureState(
        row.getString("generation_state"),
        row.getBoolean("paused"),
        row.getLong("version"),
        instant(row, "written_at"),
        state,
        instant(row, "state_since"),
        row.getBoolean("is_lost"),
        row.getLong("stored_version"),
        isTried ? row.getInteger("attempts") : 0,
        isTried && code != null ? new Failure(code, row.getString("error")) : null,
        isTried ? instant(row, "next_attempt_at") : null);
  }

  private static Description description(Row row) {
    String text = row.getString("description");
    return text == null
        ? null
        : new Description(
            text,
            row.getString("description_model"),
            row.getString("prompt"),
            row.getString("prompt_sha256"));
  }

  private static Embedding embedding(Row row, FeatureState state) {
    String model = row.getString("model");
    return model == null || state.storedVersion() == null
        ? null
        : new Embedding(model, row.getString("digest"), row.getInteger("dimension"));
  }

  private static List<Chunk> chunks(Row row) {
    JsonArray chunks = row.getJsonArray("chunks");
    return chunks == null
        ? List.of()
        : chunks.stream().map(JsonObject.class::cast).map(FeatureQuery::chunk).toList();
  }

  private static Chunk chunk(JsonObject chunk) {
    return new Chunk(
        chunk.getInteger("ordinal"),
        chunk.getString("kind"),
        chunk.getJsonArray("heading_path").stream().map(String::valueOf).toList(),
        chunk.getString("text"),
        chunk.getInteger("dimension"));
  }

  private static Instant instant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column))
        .map(time -> time.toInstant())
        .orElse(null);
  }
}
