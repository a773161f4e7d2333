package relata.api.document;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The one statement that writes documents, one or many. Of two writers of one id the second waits
 * for the first inside it, so neither an error nor a retry is possible. On a connection of the pool
 * and not in a session: that costs a single write several times as much processor time.
 */
public final class DocumentUpsert {
  /** No row means that the content is the same; the document is locked all the same. */
  private static final String SQL =
      """
      insert into content.document as d
             (collection_id, external_id, title, body, format, metadata, version, content_hash)
      select $1, n.external_id, n.title, n.body, n.format, n.metadata::jsonb, 1, n.content_hash
        from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[])
             with ordinality
             as n(external_id, title, body, format, metadata, content_hash, position)
       order by n.position
      on conflict (collection_id, external_id) do update
         set title = excluded.title, body = excluded.body, format = excluded.format,
             metadata = excluded.metadata, content_hash = excluded.content_hash,
             version = d.version + 1, updated_at = now()
       where d.content_hash <> excluded.content_hash
      returning id, external_id, version, created_at, updated_at""";

  private DocumentUpsert() {}

  /**
   * A document as it is to be.
   *
   * @param id the client's
   * @param hash of its content
   */
  public record Draft(String id, Content content, byte[] hash) {
    public static Draft of(String id, Content content) {
      return new Draft(id, content, content.hash());
    }
  }

  /** A document that was created (version 1) or updated (above 1). */
  public record Written(long id, long version, Instant createdAt, Instant updatedAt) {}

  /**
   * Writes those whose content differs, in their order; their ids must be different.
   *
   * @return what was written, by the client's ids; nothing of those whose content is the same
   */
  public static Uni<Map<String, Written>> write(
      SqlConnection connection, long collectionId, List<Draft> drafts) {
    return connection
        .preparedQuery(SQL)
        .execute(values(collectionId, drafts))
        .map(DocumentUpsert::written);
  }

  private static Tuple values(long collectionId, List<Draft> drafts) {
    return Tuple.tuple()
        .addLong(collectionId)
        .addArrayOfString(texts(drafts, Draft::id))
        .addArrayOfString(texts(drafts, draft -> draft.content().title()))
        .addArrayOfString(texts(drafts, draft -> draft.content().body()))
        .addArrayOfString(texts(drafts, draft -> draft.content().format()))
        .addArrayOfString(texts(drafts, draft -> draft.content().metadata()))
        .addValue(drafts.stream().map(draft -> Buffer.buffer(draft.hash())).toArray(Buffer[]::new));
  }

  private static Map<String, Written> written(RowSet<Row> rows) {
    Map<String, Written> written = new HashMap<>();
    rows.forEach(
        row ->
            written.put(
                row.getString("external_id"),
                new Written(
                    row.getLong("id"),
                    row.getLong("version"),
                    row.getOffsetDateTime("created_at").toInstant(),
                    row.getOffsetDateTime("updated_at").toInstant())));
    return written;
  }

  private static String[] texts(List<Draft> drafts, Function<Draft, String> field) {
    return drafts.stream().map(field).toArray(String[]::new);
  }
}
