package relata.api.bulk;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.outbox.OutboxEvent;
import relata.api.outbox.OutboxInsert;
import relata.api.tenant.Tenant;

/**
 * Writes a batch of documents with their events in one transaction, by a fixed number of statements
 * however many documents there are.
 */
@Singleton
final class BatchStore {
  /** Same rule as for a single document: rows come back for documents whose content differed. */
  private static final String UPSERT =
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
      returning id, external_id, version""";

  /** The upsert locked these rows, too, so they are as it saw them. */
  private static final String UNCHANGED =
      """
      select external_id, version from content.document
       where collection_id = $1 and external_id = any($2)""";

  private final Pool pool;
  private final CollectionLookup collections;

  BatchStore(Pool pool, CollectionLookup collections) {
    this.pool = pool;
    this.collections = collections;
  }

  /** What a document's line did, and the version it left. */
  record Stored(String outcome, long version) {}

  /**
   * Stores documents of different ids; fails with 404 if the collection was deleted meanwhile.
   *
   * @return what became of each, by its id
   */
  Uni<Map<String, Stored>> store(FoundCollection collection, List<ParsedLine.Valid> lines) {
    // Every import locks documents in the same order, so two of them never lock each other out.
    List<ParsedLine.Valid> ordered =
        lines.stream().sorted(Comparator.comparing(ParsedLine.Valid::id)).toList();
    return pool.withTransaction(
        connection ->
            collections
                .keep(connection, collection)
                .chain(() -> write(connection, collection.id(), ordered)));
  }

  private static Uni<Map<String, Stored>> write(
      SqlConnection connection, long collectionId, List<ParsedLine.Valid> lines) {
    Map<String, Stored> stored = new HashMap<>();
    return connection
        .preparedQuery(UPSERT)
        .execute(documents(collectionId, lines))
        .invoke(rows -> rows.forEach(row -> stored.put(row.getString("external_id"), of(row))))
        .call(rows -> announce(connection, collectionId, rows, hashes(lines)))
        .call(() -> addUnchanged(connection, collectionId, lines, stored))
        .replaceWith(stored);
  }

  private static Tuple documents(long collectionId, List<ParsedLine.Valid> lines) {
    return Tuple.tuple()
        .addLong(collectionId)
        .addArrayOfString(texts(lines, ParsedLine.Valid::id))
        .addArrayOfString(texts(lines, line -> line.content().title()))
        .addArrayOfString(texts(lines, line -> line.content().body()))
        .addArrayOfString(texts(lines, line -> line.content().format()))
        .addArrayOfString(texts(lines, line -> line.content().metadata()))
        .addValue(lines.stream().map(line -> Buffer.buffer(line.hash())).toArray(Buffer[]::new));
  }

  private static Uni<Void> announce(
      SqlConnection connection,
      long collectionId,
      RowSet<Row> changed,
      Map<String, byte[]> hashes) {
    List<OutboxEvent> events = new ArrayList<>();
    for (Row row : changed) {
      events.add(
          OutboxEvent.written(
              Tenant.current(),
              collectionId,
              row.getLong("id"),
              row.getLong("version"),
              hashes.get(row.getString("external_id"))));
    }
    return OutboxInsert.insert(connection, events);
  }

  private static Uni<Void> addUnchanged(
      SqlConnection connection,
      long collectionId,
      List<ParsedLine.Valid> lines,
      Map<String, Stored> stored) {
    String[] rest =
        lines.stream()
            .map(ParsedLine.Valid::id)
            .filter(id -> !stored.containsKey(id))
            .toArray(String[]::new);
    if (rest.length == 0) {
      return Uni.createFrom().voidItem();
    }
    return connection
        .preparedQuery(UNCHANGED)
        .execute(Tuple.of(collectionId, rest))
        .invoke(rows -> rows.forEach(row -> stored.put(row.getString("external_id"), same(row))))
        .replaceWithVoid();
  }

  private static Stored of(Row row) {
    long version = row.getLong("version");
    return new Stored(version == 1 ? "created" : "updated", version);
  }

  private static Stored same(Row row) {
    return new Stored("unchanged", row.getLong("version"));
  }

  private static String[] texts(
      List<ParsedLine.Valid> lines, Function<ParsedLine.Valid, String> field) {
    return lines.stream().map(field).toArray(String[]::new);
  }

  private static Map<String, byte[]> hashes(List<ParsedLine.Valid> lines) {
    Map<String, byte[]> hashes = new HashMap<>();
    lines.forEach(line -> hashes.put(line.id(), line.hash()));
    return hashes;
  }
}
