package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relata.local.client.RelataClient;
import relata.system.running.SharedStack.Running;

/** Whether a new generation may be switched to, judged by a collection's own queries. */
@ExtendWith(SharedStack.class)
final class QualityGateIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String DOCS = "gate";
  private static final int DOCUMENTS = 250;
  private static final int QUERIES = 40;

  private static Running running;
  private static Api api;
  private static GenerationsApi generations;
  private static Database database;
  private static final List<JudgedQuery> stored = new ArrayList<>();

  private long served;

  @BeforeAll
  static void importDocumentsAndQueries(Running shared) throws IOException {
    running = shared;
    api = running.api();
    generations = running.generations();
    database = running.database();
    try (RelataClient client = new RelataClient(api.url())) {
      Corpus.abstracts(DOCS, DOCUMENTS).importInto(client);
    }
    Map<String, Long> keys = database.keys(DOCS);
    JudgedQuery.all().stream()
        .filter(query -> query.expected().keySet().stream().anyMatch(keys::containsKey))
        .limit(QUERIES)
        .forEach(QualityGateIT::store);
    api.awaitSettled(DOCS, LIMIT);
  }

  @BeforeEach
  void theDefaultRecipeIsServed() {
    served = generations.become(DOCS, Map.of(), LIMIT);
  }

  @Test
  void aSensibleChangePassesWithTheFiguresThatTheDefinitionsGive() {
    Map<String, ?> gate =
        Map.of(
            "switch", "manual",
            "minOverlap", 0.4,
            "minRecall", 0.1,
            "minNdcg", 0.1,
            "minEdgeOverlap", 0.2,
            "sample", 1000);
    long building =
        generations.change(
            DOCS, Map.of("split", Map.of("chunkSize", 60, "overlap", 10), "gate", gate));
    generations.awaitWhole(DOCS, building, LIMIT);
    // That is made without being asked for; another one would wait for its turn only so long.
    JsonPath _ = awaitReport(building);

    JsonPath report = generations.step(DOCS, building, "evaluate");
    assertTrue(report.getBoolean("report.passed"), report::prettify);
    assertEquals(List.of(), report.getList("report.notices"), report::prettify);
    assertEquals(stored.size(), report.getInt("report.compared.judged"), report::prettify);
    Map<Long, List<float[]>> before = database.vectors(served);
    Map<Long, List<float[]>> after = database.vectors(building);
    assertEquals(before.size(), report.getInt("report.compared.documents"), report::prettify);
    Comparison comparison = new Comparison(before, after);
    List<Comparison.Ranked> rankings = rankings(comparison);
    Map<String, Double> expected = new TreeMap<>();
    expected.put("overlapAt10.documents", comparison.overlapOfDocuments());
    expected.put("overlapAt10.queries", Comparison.overlap(rankings));
    expected.put("recallAt10.old", mean(rankings, r -> Comparison.recall(r.before(), r.grades())));
    expected.put("recallAt10.new", mean(rankings, r -> Comparison.recall(r.after(), r.grades())));
    expected.put("ndcgAt10.old", mean(rankings, r -> Comparison.ndcg(r.before(), r.grades())));
    expected.put("ndcgAt10.new", mean(rankings, r -> Comparison.ndcg(r.after(), r.grades())));
    expected.put(
        "edgeOverlap",
        Comparison.overlapOfEdges(database.neighbors(served), database.neighbors(building)));
    System.out.println("gate " + expected);
    // A document that changes places with an equal one moves a mean by no more than this.
    expected.forEach(
        (figure, value) ->
            assertEquals(value, report.getDouble("report." + figure), 0.003, figure));
    assertEquals("active", generations.step(DOCS, building, "switch").getString("state"));
  }

  @Test
  void aChangeForTheWorseIsRefusedWithWordsUnlessItIsForced() {
    Map<String, ?> gate = Map.of("minOverlap", 0.9, "minNdcg", 0.9, "minEdgeOverlap", 0.9);
    long building =
        generations.change(
            DOCS,
            Map.of(
                "embed", Map.of("documentPrefix", "Fish, fish, nothing but fish in the sea. "),
                "split", Map.of("skip", List.of("paragraph", "list", "heading", "table", "code")),
                "gate", gate));

    JsonPath refused = awaitReport(building);
    assertFalse(refused.getBoolean("report.passed"), refused::prettify);
    assertEquals("building", refused.getString("state"));
    List<String> reasons = refused.getList("report.reasons");
    for (String figure : List.of("overlap@10", "nDCG@10", "edge overlap")) {
      assertTrue(reasons.stream().anyMatch(reason -> reason.contains(figure)), reasons::toString);
    }
    Response kept = generations.tryStep(DOCS, building, "switch", false);
    assertEquals(409, kept.statusCode());
    assertTrue(kept.jsonPath().getString("detail").contains("nDCG@10"), kept::asString);
    assertEquals(served, api.collection(DOCS).getLong("generation"));

    assertEquals(200, generations.tryStep(DOCS, building, "switch", true).statusCode());
    assertEquals(building, api.collection(DOCS).getLong("generation"));
  }

  private static void store(JudgedQuery query) {
    List<Map<String, Object>> expected =
        query.expected().entrySet().stream()
            .map(entry -> Map.<String, Object>of("id", entry.getKey(), "grade", entry.getValue()))
            .toList();
    Api.json(api.url())
        .body(Map.of("text", query.text(), "expected", expected))
        .put("/v1/collections/{c}/queries/{name}", DOCS, query.name())
        .then()
        .statusCode(201);
    stored.add(query);
  }

  private static List<Comparison.Ranked> rankings(Comparison comparison) {
    Map<String, Long> keys = database.keys(DOCS);
    return stored.stream()
        .map(
            query -> {
              float[] vector = running.embed(query.text());
              Map<Long, Integer> grades = new TreeMap<>();
              query
                  .expected()
                  .forEach(
                      (id, grade) -> {
                        if (keys.containsKey(id)) {
                          grades.put(keys.get(id), grade);
                        }
                      });
              return comparison.rank(vector, vector, grades);
            })
        .toList();
  }

  private static double mean(
      List<Comparison.Ranked> rankings, ToDoubleFunction<Comparison.Ranked> figure) {
    return rankings.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static JsonPath awaitReport(long generation) {
    return Awaitility.await("a report on generation " + generation)
        .atMost(LIMIT)
        .until(() -> generations.get(DOCS, generation), found -> found.get("report") != null);
  }
}
