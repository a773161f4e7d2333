package relata.api.feature;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import relata.api.collection.CollectionLookup;
import relata.api.collection.FoundCollection;
import relata.api.document.ExternalId;
import relata.api.outbox.OutboxEvent;
import relata.api.outbox.OutboxInsert;
import relata.api.outbox.OutboxRelay;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;
import relata.api.tenant.Tenant;

/**
 * Stores chunks that a client brought, in place of those before, with the wish to have the
 * document's features made of them: all in one transaction. The same again changes nothing.
 */
@Singleton
final class ProvidedStore {
  /** So that neither version nor request change between here and the commit. */
  private static final String LOCK =
      """
      select id, version, content_hash from content.document
       where collection_id = $1 and external_id = $2
         for no key update""";

  private static final String WRITE =
      """
      insert into content.provided_chunk as p
             (generation_id, document_id, ordinal, version, kind, heading_path, text, dimension,
              vector)
      select $1, $2, n.position - 1, $3, n.kind,
             array(select jsonb_array_elements_text(n.heading_path::jsonb)), n.text, $4, n.vector
        from unnest($5::text[], $6::text[], $7::text[], $8::bytea[]) with ordinality
             as n(kind, heading_path, text, vector, position)
       order by n.position
      on conflict (generation_id, document_id, ordinal) do update
         set version = excluded.version, kind = excluded.kind,
             heading_path = excluded.heading_path, text = excluded.text,
             dimension = excluded.dimension, vector = excluded.vector
       where (p.version, p.kind, p.heading_path, p.text, p.vector)
             is distinct from (excluded.version, excluded.kind, excluded.heading_path,
                               excluded.text, excluded.vector)""";

  private static final String TRIM =
      """
      delete from content.provided_chunk
       where generation_id = $1 and document_id = $2 and ordinal >= $3""";

  private static final String RENEW =
      "update content.document set request = request + 1 where id = $1";

  private final Pool pool;
  private final CollectionLookup collections;
  private final OutboxRelay relay;

  ProvidedStore(Pool pool, CollectionLookup collections, OutboxRelay relay) {
    this.pool = pool;
    this.collections = collections;
    this.relay = relay;
  }

  /** The document that chunks are for, locked. */
  private record Target(FoundCollection collection, long key, long version, Buffer hash) {
    OutboxEvent event() {
      return OutboxEvent.written(Tenant.current(), collection.id(), key, version, hash.getBytes());
    }
  }

  /** Fails with 404 if there is no such document, and with 409 if it has another version. */
  Uni<ProvidedView> put(
      FoundCollection collection, ClientGeneration generation, String id, ProvidedBody body) {
    return pool.withTransaction(
            connection ->
                // First, as a deletion of the collection does, or the two would hang each other.
                collections
                    .keep(connection, collection)
                    .chain(() -> locked(connection, collection, id))
                    .invoke(target -> requireVersion(id, target, body.version()))
                    .chain(target -> write(connection, target, generation, body.chunks())))
        .invoke(this::wakeIf)
        .map(isChanged -> view(id, generation, body, isChanged));
  }

  private static Uni<Target> locked(
      SqlConnection connection, FoundCollection collection, String id) {
    return connection
        .preparedQuery(LOCK)
        .execute(Tuple.of(collection.id(), id))
        .map(rows -> target(collection, id, rows));
  }

  private static Target target(FoundCollection collection, String id, RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw ExternalId.unknown(id).exception();
    }
    Row row = rows.iterator().next();
    return new Target(
        collection,
        row.getLong("id"),
        row.getLong("version"),
        row.getBuffer("content_hash").getDelegate());
  }

  private static void requireVersion(String id, Target target, long version) {
    if (target.version() != version) {
      String detail =
          "Document '%s' is at version %d, the chunks are of version %d; make them from it anew."
              .formatted(id, target.version(), version);
      throw Problem.of(ProblemType.VERSION_CONFLICT, detail).exception();
    }
  }

  private static Uni<Boolean> write(
      SqlConnection connection,
      Target target,
      ClientGeneration generation,
      List<ProvidedChunk> chunks) {
    Tuple rest = Tuple.of(generation.id(), target.key(), chunks.size());
    return connection
        .preparedQuery(WRITE)
        .execute(values(target, generation, chunks))
        .map(SqlResult::rowCount)
        .chain(
            written ->
                connection
                    .preparedQuery(TRIM)
                    .execute(rest)
                    .map(trimmed -> written + trimmed.rowCount() > 0))
        .call(isChanged -> isChanged ? renew(connection, target) : Uni.createFrom().voidItem());
  }

  private static Uni<Void> renew(SqlConnection connection, Target target) {
    return connection
        .preparedQuery(RENEW)
        .execute(Tuple.of(target.key()))
        .chain(() -> OutboxInsert.insert(connection, List.of(target.event())));
  }

  private static Tuple values(
      Target target, ClientGeneration generation, List<ProvidedChunk> chunks) {
    return Tuple.tuple()
        .addLong(generation.id())
        .addLong(target.key())
        .addLong(target.version())
        .addInteger(generation.dimension())
        .addArrayOfString(texts(chunks, ProvidedChunk::kind))
        .addArrayOfString(texts(chunks, chunk -> new JsonArray(chunk.headingPath()).encode()))
        .addArrayOfString(texts(chunks, ProvidedChunk::text))
        .addValue(
            chunks.stream().map(chunk -> chunk.vector().littleEndian()).toArray(Buffer[]::new));
  }

  private static String[] texts(List<ProvidedChunk> chunks, Function<ProvidedChunk, String> field) {
    return chunks.stream().map(field).toArray(String[]::new);
  }

  private void wakeIf(boolean isChanged) {
    if (isChanged) {
      relay.wake();
    }
  }

  private static ProvidedView view(
      String id, ClientGeneration generation, ProvidedBody body, boolean isChanged) {
    return new ProvidedView(
        id,
        generation.id(),
        body.version(),
        body.chunks().size(),
        isChanged ? "stored" : "unchanged");
  }
}
