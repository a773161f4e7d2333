package relata.api.generation;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import relata.api.graph.GraphComparisons.Expected;
import relata.api.graph.GraphComparisons.Query;
import relata.api.graph.GraphComparisons.Request;

/** Picks by what two generations are compared: some documents, and the stored queries. */
@Singleton
final class ComparisonInput {
  private static final int DEPTH = 10;

  /** The same sample every time, and any part of it as good as the whole. */
  private static final String SAMPLE =
      """
      select s.document_id
        from feature.document_state s
        join content.document d on d.id = s.document_id
       where s.generation_id = $1 and s.stored_version is not null
       order by hashint8(s.document_id), s.document_id
       limit $2""";

  /**
   * Those that say most first, if not all are compared: the judged ones. Expected documents that
   * are gone are not held against anybody.
   */
  private static final String QUERIES =
      """
      select q.name, q.text,
             array_agg(d.id) filter (where d.id is not null)    as ids,
             array_agg(e.grade) filter (where d.id is not null) as grades,
             count(*) over () as stored
        from content.query q
        left join lateral jsonb_to_recordset(q.expected) as e(id text, grade int) on true
        left join content.document d
          on d.collection_id = q.collection_id and d.external_id = e.id
       where q.collection_id = $1
       group by q.name, q.text
       order by count(d.id) = 0, q.name
       limit $2""";

  private final Pool pool;
  private final GenerationConfig config;

  ComparisonInput(Pool pool, GenerationConfig config) {
    this.pool = pool;
    this.config = config;
  }

  /**
   * What to compare.
   *
   * @param leftOut stored queries that are not in it
   */
  record Input(Request request, long leftOut) {}

  private record Queries(List<Query> compared, long leftOut) {}

  Uni<Input> of(long collectionId, Generation active, Generation building) {
    return Uni.combine()
        .all()
        .unis(sample(active.id(), building.recipe().gate().sample()), queries(collectionId))
        .asTuple()
        .map(
            input -> {
              Queries queries = input.getItem2();
              return new Input(
                  new Request(
                      active.id(), building.id(), DEPTH, input.getItem1(), queries.compared()),
                  queries.leftOut());
            });
  }

  private Uni<List<Long>> sample(long active, int size) {
    return pool.preparedQuery(SAMPLE)
        .execute(Tuple.of(active, size))
        .map(
            rows -> {
              List<Long> ids = new ArrayList<>();
              rows.forEach(row -> ids.add(row.getLong("document_id")));
              return ids;
            });
  }

  private Uni<Queries> queries(long collectionId) {
    return pool.preparedQuery(QUERIES)
        .execute(Tuple.of(collectionId, config.maxQueries()))
        .map(ComparisonInput::queries);
  }

  private static Queries queries(RowSet<Row> rows) {
    List<Query> queries = new ArrayList<>();
    long stored = 0;
    for (Row row : rows) {
      queries.add(new Query(row.getString("text"), expected(row)));
      stored = row.getLong("stored");
    }
    return new Queries(queries, stored - queries.size());
  }

  private static List<Expected> expected(Row row) {
    Long[] ids = row.getArrayOfLongs("ids");
    Integer[] grades = row.getArrayOfIntegers("grades");
    List<Expected> expected = new ArrayList<>();
    for (int i = 0; ids != null && i < ids.length; i++) {
      expected.add(new Expected(ids[i], grades[i]));
    }
    return List.copyOf(expected);
  }
}
