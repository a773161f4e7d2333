package relata.worker.sweep;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import relata.worker.database.Database;
import relata.worker.erase.Erasure;
import relata.worker.erase.GenerationErasure;

/** Erases what was left behind by a delete whose event was lost. */
@Singleton
class Orphans {
  /** Of generations that are there; the others are erased whole. */
  private static final String FIND =
      """
      select distinct document_id from (
        select s.document_id from feature.document_state s
         where s.document_id > $1
           and not exists (select from content.document d where d.id = s.document_id)
           and exists (select from content.generation g where g.id = s.generation_id)
        union all
        select c.document_id from feature.chunk c
         where c.document_id > $1
           and not exists (select from content.document d where d.id = c.document_id)
           and exists (select from content.generation g where g.id = c.generation_id)) orphan
       order by document_id
       limit $2
      """;

  private final Database database;
  private final Erasure erasure;
  private final GenerationErasure generationErasure;
  private final SweepConfig config;

  Orphans(
      Database database, Erasure erasure, GenerationErasure generationErasure, SweepConfig config) {
    this.database = database;
    this.erasure = erasure;
    this.generationErasure = generationErasure;
    this.config = config;
  }

  void erase() {
    generationErasure.gone();
    long after = 0;
    List<Long> page;
    do {
      page = new ArrayList<>();
      for (Row row : database.run(FIND, Tuple.of(after, config.pageSize()))) {
        page.add(row.getLong(0));
      }
      erasure.documents(page);
      after = page.isEmpty() ? after : page.getLast();
    } while (page.size() == config.pageSize());
  }
}
