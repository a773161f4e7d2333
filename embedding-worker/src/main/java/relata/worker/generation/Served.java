package relata.worker.generation;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * A generation that features are made for.
 *
 * @param active searches are answered from it; else it is being built
 * @param models that its documents need
 */
public record Served(long collectionId, long generationId, boolean active, List<String> models) {
  public Served {
    models = List.copyOf(models);
  }

  /**
   * The columns that {@link #read} wants, in their order.
   *
   * @param generation the alias of a row of {@code content.generation}
   */
  public static String columns(String generation) {
    return """
           %1$s.collection_id, %1$s.id, %1$s.state = 'active',
           case when %1$s.recipe #>> '{embed,source}' = 'client' then null
                else %1$s.recipe #>> '{embed,model}' end,
           %1$s.recipe #>> '{describe,model}'"""
        .formatted(generation);
  }

  /** Reads the columns, which are the row's first. */
  public static Served read(Row row) {
    List<String> models = new ArrayList<>(2);
    for (int column = 3; column <= 4; column++) {
      if (row.getString(column) != null) {
        models.add(row.getString(column));
      }
    }
    return new Served(row.getLong(0), row.getLong(1), row.getBoolean(2), models);
  }
}
