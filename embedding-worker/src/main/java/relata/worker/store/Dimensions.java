package relata.worker.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import relata.worker.database.Database;

/**
 * The dimension of each generation's vectors. A model that was exchanged under its name is noticed
 * here, before its vectors mix with the old one's.
 */
@Singleton
public final class Dimensions {
  private static final int CACHE = 1000;
  private static final String READ =
      "select dimension from feature.chunk where generation_id = $1 limit 1";

  private final Database database;
  private final Map<Long, Integer> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
          return size() > CACHE;
        }
      };

  Dimensions(Database database) {
    this.database = database;
  }

  /**
   * The dimension that a vector of the generation must have: that of its stored ones, else of the
   * first that was asked about.
   */
  public int expected(long generationId, int offered) {
    synchronized (known) {
      Integer cached = known.get(generationId);
      if (cached != null && cached == offered) {
        return offered;
      }
    }
    // What was cached may have been erased since.
    int dimension = stored(generationId).orElse(offered);
    synchronized (known) {
      known.put(generationId, dimension);
    }
    return dimension;
  }

  private OptionalInt stored(long generationId) {
    for (Row row : database.run(READ, Tuple.of(generationId))) {
      return OptionalInt.of(row.getInteger(0));
    }
    return OptionalInt.empty();
  }
}
