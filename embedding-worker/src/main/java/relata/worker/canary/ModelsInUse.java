package relata.worker.canary;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import relata.worker.catalog.ModelUse;
import relata.worker.claim.Staleness;
import relata.worker.database.Database;

/** The models that the recipes of served generations name. */
@Singleton
class ModelsInUse {
  private static final String READ =
      """
      select model, use, min(collection_id) from (
        select g.recipe->'embed'->>'model' as model, 'EMBED' as use, g.collection_id
          from content.generation g where %1$s
        union all
        select g.recipe->'describe'->>'model', 'GENERATE', g.collection_id
          from content.generation g where %1$s) used
       where model is not null
       group by model, use
       order by model, use
      """
          .formatted(Staleness.served("g"));

  /**
   * A model.
   *
   * @param collectionId one whose documents want it
   */
  record Used(String model, ModelUse use, long collectionId) {}

  private final Database database;

  ModelsInUse(Database database) {
    this.database = database;
  }

  List<Used> read() {
    List<Used> used = new ArrayList<>();
    for (Row row : database.run(READ, Tuple.tuple())) {
      used.add(new Used(row.getString(0), ModelUse.valueOf(row.getString(1)), row.getLong(2)));
    }
    return used;
  }
}
