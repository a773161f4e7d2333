package relata.graph.generation;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import relata.graph.database.Session;
import relata.graph.text.Language;

/**
 * What api-service says about generations. The row of one that was erased stays behind as history
 * and counts as none here.
 */
public final class GenerationTable {
  /**
   * Holds for a row {@code g} of content.generation whose features and edges are kept. Only what
   * was switched away from is erased by the clock: whatever is served or built is not.
   */
  public static final String IS_KEPT =
      """
      (g.state in ('active', 'building')
        or (g.state = 'retired' and coalesce(g.erase_after > now(), true)))""";

  /** Of a row {@code g}; recipes of before there was a choice say nothing. */
  static final String INDEX_KIND = "coalesce(g.recipe ->> 'index', 'embedded')";

  private static final String FIND =
      """
      select g.id, g.collection_id, c.tenant, %s as index_kind,
             coalesce(g.recipe ->> 'language', 'en') as language,
             (g.recipe -> 'edges' ->> 'minSimilarity')::float8 as min_similarity,
             (g.recipe -> 'edges' ->> 'maxNeighbors')::int as max_neighbors
        from content.generation g join content.collection c on c.id = g.collection_id
       where g.id = $1 and %s
      """
          .formatted(INDEX_KIND, IS_KEPT);

  private static final String STAGE =
      """
      case when not %s then 'GONE'
           when g.state = 'active' then 'ACTIVE'
           when g.state = 'building' and not g.paused then 'BUILDING'
           else 'RESTING' end"""
          .formatted(IS_KEPT);

  private static final String STAGE_OF =
      "select %s as stage from content.generation g where g.id = $1".formatted(STAGE);

  private static final String IN_STAGE =
      "select g.id from content.generation g where %s = $1 order by g.id".formatted(STAGE);

  private static final String KIND_OF =
      "select %s as index_kind from content.generation g where g.id = $1".formatted(INDEX_KIND);

  private static final String RETIRED_LATELY =
      """
      select g.id from content.generation g
       where g.state = 'retired' and g.retired_at > now() - make_interval(secs => $1) and %s
      """
          .formatted(IS_KEPT);

  private GenerationTable() {}

  /** The generation, unless there is nothing of it any more. */
  public static Optional<Generation> find(Session session, long generationId) {
    RowSet<Row> rows = session.query(FIND, generationId);
    for (Row row : rows) {
      return Optional.of(
          new Generation(
              row.getLong("id"),
              row.getLong("collection_id"),
              row.getString("tenant"),
              IndexKind.of(row.getString("index_kind")),
              Language.of(row.getString("language")),
              row.getDouble("min_similarity"),
              row.getInteger("max_neighbors")));
    }
    return Optional.empty();
  }

  /** What is to be done about the generation now. */
  public static Stage stage(Session session, long generationId) {
    return askStage(session, generationId).get();
  }

  /** The same, to be waited for later. */
  public static Supplier<Stage> askStage(Session session, long generationId) {
    Supplier<RowSet<Row>> answer = session.send(STAGE_OF, generationId);
    return () -> {
      RowSet<Row> rows = answer.get();
      return rows.size() == 0
          ? Stage.GONE
          : Stage.valueOf(rows.iterator().next().getString("stage"));
    };
  }

  /** Where the generation's vectors and words are found. */
  public static IndexKind indexKind(Session session, long generationId) {
    RowSet<Row> rows = session.query(KIND_OF, generationId);
    return rows.size() == 0
        ? IndexKind.EMBEDDED
        : IndexKind.of(rows.iterator().next().getString("index_kind"));
  }

  /** The generations of which this is to be done now, the oldest first. */
  public static List<Long> in(Session session, Stage stage) {
    return ids(session.query(IN_STAGE, stage.name()));
  }

  /** The generations that were switched away from within the last {@code grace}. */
  public static List<Long> retiredWithin(Session session, Duration grace) {
    return ids(session.query(RETIRED_LATELY, (double) grace.toSeconds()));
  }

  private static List<Long> ids(RowSet<Row> rows) {
    List<Long> ids = new ArrayList<>();
    rows.forEach(row -> ids.add(row.getLong("id")));
    return List.copyOf(ids);
  }
}
