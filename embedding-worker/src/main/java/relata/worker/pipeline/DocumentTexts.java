package relata.worker.pipeline;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import relata.worker.database.Database;

/** Reads documents. */
@Singleton
class DocumentTexts {
  private static final String READ =
      "select id, version, title, body, format from content.document where id = any($1::bigint[])";

  private final Database database;

  DocumentTexts(Database database) {
    this.database = database;
  }

  /** Those that exist, by id. */
  Map<Long, DocumentText> read(Collection<Long> ids) {
    Map<Long, DocumentText> texts = new HashMap<>();
    for (Row row : database.run(READ, Tuple.of(ids.toArray(Long[]::new)))) {
      texts.put(
          row.getLong(0),
          new DocumentText(
              row.getLong(0),
              row.getLong(1),
              row.getString(2),
              row.getString(3),
              row.getString(4)));
    }
    return texts;
  }
}
