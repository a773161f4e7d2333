package relata.worker.provided;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import relata.worker.claim.Claimed;
import relata.worker.database.Database;

/** Reads the chunks and vectors that clients sent. */
@Singleton
public final class Provisions {
  /** One more than a document may have tells that there are too many, without reading all. */
  private static final String READ =
      """
      select document_id, kind, heading_path, text, dimension, vector
        from (select p.*, row_number() over (partition by p.document_id order by p.ordinal) as place
                from content.provided_chunk p
                join unnest($2::bigint[], $3::bigint[]) as wanted (document_id, version)
                  on wanted.document_id = p.document_id and wanted.version = p.version
               where p.generation_id = $1) numbered
       where place <= $4
       order by document_id, ordinal
      """;

  private final Database database;

  Provisions(Database database) {
    this.database = database;
  }

  /**
   * What there is for each of the documents, at the version that was claimed.
   *
   * @param documents of that generation
   * @param dimension that its recipe names
   * @param most chunks of a document
   */
  public Map<Claimed, Provision> read(
      long generationId, List<Claimed> documents, int dimension, int most) {
    Map<Long, List<ProvidedChunk>> chunks = new HashMap<>();
    Tuple values =
        Tuple.of(
            generationId,
            documents.stream().map(Claimed::documentId).toArray(Long[]::new),
            documents.stream().map(Claimed::version).toArray(Long[]::new),
            most + 1);
    for (Row row : database.run(READ, values)) {
      chunks
          .computeIfAbsent(row.getLong(0), _ -> new ArrayList<>())
          .add(
              new ProvidedChunk(
                  row.getString(1),
                  List.of(row.getArrayOfStrings(2)),
                  row.getString(3),
                  row.getInteger(4),
                  row.getBuffer(5).getBytes()));
    }
    Map<Claimed, Provision> provisions = new HashMap<>();
    for (Claimed document : documents) {
      provisions.put(
          document,
          ProvisionCheck.check(
              chunks.getOrDefault(document.documentId(), List.of()), dimension, most));
    }
    return provisions;
  }
}
