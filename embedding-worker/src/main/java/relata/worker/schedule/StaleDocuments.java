package relata.worker.schedule;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import relata.worker.claim.Staleness;
import relata.worker.database.Database;
import relata.worker.generation.Served;

/** Finds what the claim would take, of one generation. */
@Singleton
public class StaleDocuments {
  /** From page to page by the key, so that a pass ends even if nothing becomes ready. */
  private static final String STALE =
      """
      select d.id, d.updated_at
        from content.document d
        join content.generation g on g.id = $1 and g.collection_id = d.collection_id
        left join feature.document_state s on s.generation_id = $1 and s.document_id = d.id
       where d.collection_id = $2 and (d.updated_at, d.id) > ($3, $4) and %s
         and (s.document_id is null or %s)
       order by d.updated_at, d.id
       limit $5
      """
          .formatted(Staleness.served("g"), Staleness.of("d"));

  private final Database database;

  StaleDocuments(Database database) {
    this.database = database;
  }

  /** At most so many of them, oldest first, behind the given one. */
  public StalePage after(Served generation, StalePage.Position position, int limit) {
    List<Long> ids = new ArrayList<>();
    StalePage.Position end = position;
    Tuple values =
        Tuple.of(
            generation.generationId(),
            generation.collectionId(),
            position.writtenAt(),
            position.documentId(),
            limit);
    for (Row row : database.run(STALE, values)) {
      ids.add(row.getLong(0));
      end = new StalePage.Position(row.getOffsetDateTime(1), row.getLong(0));
    }
    return new StalePage(ids, end);
  }
}
