package relata.api.document;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * The one statement that writes a document within a session. Of two writers of one id the second
 * waits for the first inside it, so neither an error nor a retry is possible.
 */
final class DocumentUpsert {
  /** No row means that the content is the same; the document is locked all the same. */
  private static final String SQL =
      """
      insert into content.document as d
             (collection_id, external_id, title, body, format, metadata, version, content_hash)
      values (:collection, :externalId, :title, :body, :format,
              cast(cast(:metadata as text) as jsonb), 1, :hash)
      on conflict (collection_id, external_id) do update
         set title = excluded.title, body = excluded.body, format = excluded.format,
             metadata = excluded.metadata, content_hash = excluded.content_hash,
             version = d.version + 1, updated_at = now()
       where d.content_hash <> excluded.content_hash
      returning id, version, created_at, updated_at""";

  private DocumentUpsert() {}

  /** A document that was created (version 1) or updated (above 1). */
  record Written(long id, long version, Instant createdAt, Instant updatedAt) {}

  /** Writes the document if its content differs; null if it does not. */
  static Uni<Written> write(long collectionId, String externalId, Content content, byte[] hash) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(SQL, Object[].class)
                    .setParameter("collection", collectionId)
                    .setParameter("externalId", externalId)
                    .setParameter("title", content.title())
                    .setParameter("body", content.body())
                    .setParameter("format", content.format())
                    .setParameter("metadata", content.metadata())
                    .setParameter("hash", hash)
                    .getSingleResultOrNull())
        .map(row -> row == null ? null : written(row));
  }

  private static Written written(Object[] row) {
    return new Written((Long) row[0], (Long) row[1], instant(row[2]), instant(row[3]));
  }

  private static Instant instant(Object timestamp) {
    return ((OffsetDateTime) timestamp).toInstant();
  }
}
