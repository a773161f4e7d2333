package relata.worker.schedule;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import relata.worker.claim.Staleness;
import relata.worker.database.Database;
import relata.worker.generation.Served;

/** Finds what the claim would take, of one generation. */
@Singleton
public class StaleDocuments {
  /**
   * Looks at so many documents, stale or not, each by its key: that is what keeps it to the order
   * of an index, when the database knows nothing yet of a table that grew this minute.
   */
  private static final String PAGE =
      """
      with page as materialized (
        select d.id, d.updated_at, d.version, d.content_hash, d.request
          from content.document d
         where d.collection_id = $2 and (d.updated_at, d.id) > ($3, $4)
           and exists (select from content.generation g where g.id = $1 and %s)
         order by d.updated_at, d.id
         limit $5)
      select count(*), max(updated_at),
             (array_agg(id order by updated_at desc, id desc))[1],
             array_agg(id order by updated_at, id) filter (where stale)
        from (
          select page.id, page.updated_at, s.document_id is null or %s as stale
            from page
            left join lateral (
                 select * from feature.document_state
                  where generation_id = $1 and document_id = page.id
                  limit 1) s on true) looked_at
      """
          .formatted(Staleness.served("g"), Staleness.of("page"));

  private final Database database;

  StaleDocuments(Database database) {
    this.database = database;
  }

  /** The stale ones of the next so many documents behind the position, oldest first. */
  public StalePage after(Served generation, StalePage.Position position, int limit) {
    Tuple values =
        Tuple.of(
            generation.generationId(),
            generation.collectionId(),
            position.writtenAt(),
            position.documentId(),
            limit);
    Row page = database.run(PAGE, values).iterator().next();
    if (page.getLong(0) == 0) {
      return new StalePage(List.of(), position, true);
    }
    Long[] stale = page.getArrayOfLongs(3);
    return new StalePage(
        stale == null ? List.of() : List.of(stale),
        new StalePage.Position(page.getOffsetDateTime(1), page.getLong(2)),
        page.getLong(0) < limit);
  }
}
