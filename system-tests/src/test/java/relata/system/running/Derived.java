package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** What is stored of one generation, held against what it is to be. */
record Derived(Database database, long generation) {
  private static final List<String> TABLES =
      List.of(
          "feature.document_state",
          "feature.chunk",
          "feature.description",
          "feature.generation_model",
          "graph.generation",
          "graph.node",
          "graph.neighbor",
          "graph.commit_log");

  /** Fails unless every document is made from its newest version, and nothing is left of others. */
  void assertCurrent() {
    assertEquals(
        List.of(),
        database.query(
            """
            select d.external_id || ' is ' || coalesce(s.state, 'pending')
                   || ', version ' || d.version || ', stored ' || coalesce(s.stored_version, 0)
                   || ', linked ' || coalesce(n.version, 0)
              from content.document d
              join content.generation g on g.collection_id = d.collection_id
              left join feature.document_state s on s.generation_id = g.id and s.document_id = d.id
              left join graph.node n on n.generation_id = g.id and n.document_id = d.id
             where g.id = ?
               and (s.state is null or s.state not in ('ready', 'skipped')
                    or s.stored_version is distinct from d.version
                    or n.version is distinct from d.version)
            """,
            row -> row.getString(1),
            generation));
    for (String table :
        List.of("feature.document_state", "feature.chunk", "feature.description", "graph.node")) {
      assertEquals(
          0,
          database.number(
              "select count(*) from "
                  + table
                  + " t where generation_id = ? and not exists"
                  + " (select from content.document d where d.id = t.document_id)",
              generation),
          "rows in " + table + " of documents that are gone");
    }
  }

  /** Fails unless the stored neighbours are those of the stored vectors by definition. */
  void assertLinked(double minSimilarity, int maxNeighbors) {
    new NeighborOracle(minSimilarity, maxNeighbors)
        .check(vectors(), database.neighbors(generation), "generation " + generation);
  }

  Map<Long, List<float[]>> vectors() {
    return database.vectors(generation);
  }

  /** The texts of the chunks of a kind, or of any with {@code %}, over all documents. */
  List<String> texts(String kind) {
    return database.query(
        "select text from feature.chunk where generation_id = ? and kind like ?"
            + " order by document_id, ordinal",
        row -> row.getString(1),
        generation,
        kind);
  }

  /** The texts of a document's chunks, in their order. */
  List<String> textsOf(String collection, String id) {
    return database.query(
        """
        select k.text from feature.chunk k
          join content.document d on d.id = k.document_id
          join content.collection c on c.id = d.collection_id
         where k.generation_id = ? and c.name = ? and d.external_id = ?
         order by k.ordinal
        """,
        row -> row.getString(1),
        generation,
        collection,
        id);
  }

  /** How many documents have a description that is embedded; a long one is several chunks. */
  long described() {
    return database.number(
        "select count(distinct document_id) from feature.chunk"
            + " where generation_id = ? and kind = 'description'",
        generation);
  }

  long chunks() {
    return rows().get("feature.chunk");
  }

  /** How many rows each table has of it. */
  Map<String, Long> rows() {
    Map<String, Long> rows = new TreeMap<>();
    for (String table : TABLES) {
      rows.put(
          table,
          database.number(
              "select count(*) from " + table + " where generation_id = ?", generation));
    }
    return rows;
  }

  /** Waits until nothing is stored of it any more. */
  void awaitErased(Duration limit) {
    Awaitility.await("generation " + generation + " to be erased")
        .atMost(limit)
        .untilAsserted(
            () -> rows().forEach((table, count) -> assertEquals(0, count, "rows in " + table)));
  }
}
