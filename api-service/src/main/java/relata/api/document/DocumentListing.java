package relata.api.document;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.status.DocumentState;

/** Lists documents page by page. A page costs the same wherever it is: it starts at a key. */
@Singleton
final class DocumentListing {
  private static final String PAGE =
      """
      select d.external_id, d.title, d.version, d.updated_at, %s as state
        from content.document d
        left join feature.document_state s on s.generation_id = $2 and s.document_id = d.id
       where d.collection_id = $1 and d.external_id > $3
       order by d.external_id
       limit $4"""
          .formatted(DocumentState.SQL);

  private final Pool pool;
  private final CollectionLookup collections;

  DocumentListing(Pool pool, CollectionLookup collections) {
    this.pool = pool;
    this.collections = collections;
  }

  /**
   * Some documents in the order of their ids.
   *
   * @param next what to pass as {@code after} for the following ones; null if these were the last
   */
  @Schema(name = "DocumentPage")
  record Page(List<Entry> documents, String next) {
    Page {
      documents = List.copyOf(documents);
    }
  }

  /**
   * One document of a list.
   *
   * @param state how far its features are: pending, processing, ready, skipped, failed or dead
   */
  @Schema(name = "DocumentEntry")
  record Entry(
      String id,
      String title,
      long version,
      Instant updatedAt,
      @Schema(enumeration = {"pending", "processing", "ready", "skipped", "failed", "dead"})
          String state) {}

  /** The documents behind the id {@code after}; fails with 404 if there is no such collection. */
  Uni<Page> page(String collection, String after, int limit) {
    return collections.named(collection).chain(found -> page(found, after, limit));
  }

  private Uni<Page> page(FoundCollection collection, String after, int limit) {
    return pool.preparedQuery(PAGE)
        .execute(Tuple.of(collection.id(), collection.generation(), after, limit + 1))
        .map(rows -> page(rows, limit));
  }

  private static Page page(RowSet<Row> rows, int limit) {
    List<Entry> entries = new ArrayList<>();
    rows.forEach(row -> entries.add(entry(row)));
    // One more than asked for says that there is a next page.
    if (entries.size() <= limit) {
      return new Page(entries, null);
    }
    return new Page(entries.subList(0, limit), Cursor.of(entries.get(limit - 1).id()));
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.getString("external_id"),
        row.getString("title"),
        row.getLong("version"),
        row.getOffsetDateTime("updated_at").toInstant(),
        row.getString("state"));
  }
}
