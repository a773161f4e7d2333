package relata.api.generation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import relata.api.resolution.StoredRecipes;

/** Reads generations. */
@Singleton
final class GenerationRows {
  private static final String SELECT =
      """
      select id, state, paused, recipe::text as recipe, written::text as written,
             aliases::text as aliases, report::text as report,
             created_at, activated_at, retired_at, erase_after, failure
        from content.generation
       where collection_id = $1 and\s""";

  /** Those that something can still become of, and the one that is asked for. */
  private static final String LIVING =
      SELECT
          + "(state in ('active', 'building') or erase_after > now() or id = $2) order by id desc";

  private static final String PAGE = SELECT + "id < $2 order by id desc limit $3";

  private final StoredRecipes recipes;

  GenerationRows(StoredRecipes recipes) {
    this.recipes = recipes;
  }

  /**
   * The generations of a collection that something can still become of, newest first.
   *
   * @param wanted one that is to be among them, if it exists; 0 for none
   */
  Uni<Generations> living(SqlClient database, long collectionId, long wanted) {
    return database
        .preparedQuery(LIVING)
        .execute(Tuple.of(collectionId, wanted))
        .map(rows -> new Generations(generations(rows)));
  }

  /** All of a collection that are older than {@code before}, newest first. */
  Uni<List<Generation>> page(SqlClient database, long collectionId, long before, int limit) {
    return database
        .preparedQuery(PAGE)
        .execute(Tuple.of(collectionId, before, limit))
        .map(this::generations);
  }

  private List<Generation> generations(RowSet<Row> rows) {
    List<Generation> generations = new ArrayList<>();
    rows.forEach(row -> generations.add(generation(row)));
    return generations;
  }

  private Generation generation(Row row) {
    Instant activatedAt = instant(row, "activated_at");
    Instant eraseAfter = instant(row, "erase_after");
    String recipe = row.getString("recipe");
    return new Generation(
        row.getLong("id"),
        GenerationState.of(
            row.getString("state"),
            row.getBoolean("paused"),
            activatedAt,
            eraseAfter,
            row.getString("failure")),
        recipes.recipe(recipe),
        recipe,
        row.getString("written"),
        row.getString("aliases"),
        row.getString("report"),
        instant(row, "created_at"),
        activatedAt,
        instant(row, "retired_at"),
        eraseAfter);
  }

  private static Instant instant(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }
}
