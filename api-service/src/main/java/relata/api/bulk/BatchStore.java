package relata.api.bulk;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.document.DocumentUpsert;
import relata.api.document.DocumentUpsert.Draft;
import relata.api.document.DocumentUpsert.Written;
import relata.api.outbox.OutboxEvent;
import relata.api.outbox.OutboxInsert;
import relata.api.tenant.Tenant;

/**
 * Writes a batch of documents with their events in one transaction, by a fixed number of statements
 * however many documents there are.
 */
@Singleton
final class BatchStore {
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
    return DocumentUpsert.write(
            connection, collectionId, lines.stream().map(BatchStore::draft).toList())
        .invoke(written -> written.forEach((id, one) -> stored.put(id, of(one))))
        .call(written -> announce(connection, collectionId, written, hashes(lines)))
        .call(() -> addUnchanged(connection, collectionId, lines, stored))
        .replaceWith(stored);
  }

  private static Draft draft(ParsedLine.Valid line) {
    return new Draft(line.id(), line.content(), line.hash());
  }

  private static Uni<Void> announce(
      SqlConnection connection,
      long collectionId,
      Map<String, Written> changed,
      Map<String, byte[]> hashes) {
    List<OutboxEvent> events = new ArrayList<>();
    changed.forEach(
        (id, written) ->
            events.add(
                OutboxEvent.written(
                    Tenant.current(),
                    collectionId,
                    written.id(),
                    written.version(),
                    hashes.get(id))));
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

  private static Stored of(Written written) {
    return new Stored(written.version() == 1 ? "created" : "updated", written.version());
  }

  private static Stored same(Row row) {
    return new Stored("unchanged", row.getLong("version"));
  }

  private static Map<String, byte[]> hashes(List<ParsedLine.Valid> lines) {
    Map<String, byte[]> hashes = new HashMap<>();
    lines.forEach(line -> hashes.put(line.id(), line.hash()));
    return hashes;
  }
}
