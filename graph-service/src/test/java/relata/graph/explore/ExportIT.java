package relata.graph.explore;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.graph.edges.EdgeCommitter;
import relata.graph.testing.Fixture;
import relata.local.testing.BackendsResource;
import relata.local.testing.SlowClient;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestProfile(ExportIT.OneAtATime.class)
class ExportIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EXPORT = "/internal/generations/%d/graph/export";
  private static final Duration SOON = Duration.ofSeconds(40);

  /** A ring of documents, each similar to the ten behind it: more than a connection holds. */
  private static final int MANY = 30_000;

  @Inject EdgeCommitter committer;

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  private Fixture fixture;

  /** Small pages, and one export at a time, which may stand still for ten seconds. */
  public static final class OneAtATime implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "relata.explore.max-exports", "1",
          "relata.explore.export-page", "3",
          "relata.explore.stalled-after", "PT10S");
    }
  }

  @BeforeEach
  void connect() throws Exception {
    fixture = new Fixture();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void isWhatTheStoredListsAre() throws Exception {
    Fixture.Generation generation = fixture.generation(0.2, 3);
    for (int i = 0; i < 8; i++) {
      fixture.store(generation, 10 + i, 1, new float[] {1, i, i * i});
    }
    fixture.store(generation, 20, 1);
    committer.commit(generation.id(), fixture.graph().stored(generation).keySet());

    List<JsonNode> lines = lines(generation);

    Map<List<Long>, Double> stored = new TreeMap<>(ExportIT::inOrder);
    fixture
        .graph()
        .lists(generation)
        .forEach(
            (id, list) ->
                list.forEach(
                    entry -> stored.put(pair(id, entry.neighborId()), entry.similarity())));
    Map<List<Long>, Double> exported = new TreeMap<>(ExportIT::inOrder);
    Set<Long> nodes = new TreeSet<>();
    for (JsonNode line : lines) {
      line.path("nodes").forEach(node -> assertTrue(nodes.add(node.asLong())));
      line.path("edges")
          .forEach(
              edge ->
                  assertEquals(
                      null,
                      exported.put(
                          List.of(edge.get("lowId").asLong(), edge.get("highId").asLong()),
                          edge.get("similarity").asDouble())));
    }
    assertEquals(stored, exported);
    assertEquals(fixture.graph().nodes(generation).keySet(), nodes);
    JsonNode head = lines.getFirst().get("head");
    assertEquals(generation.id(), head.get("generation").asLong());
    assertEquals(nodes.size(), head.get("nodeCount").asInt());
    assertEquals(stored.size(), head.get("edgeCount").asInt());
    assertTrue(lines.getLast().get("end").asBoolean());
    assertTrue(lines.size() > 2 + stored.size() / 3, "there are pages");
  }

  @Test
  void ofAnEmptyGenerationIsAHeadAndAnEnd() throws Exception {
    assertEquals(2, lines(fixture.generation(0.5, 2)).size());
  }

  @Test
  void waitsForWhoTakesItSlowlyAndIsWhole() throws Exception {
    Fixture.Generation generation = ring();
    try (SlowClient slow = new SlowClient(port, EXPORT.formatted(generation.id()))) {
      assertTrue(slow.begin().startsWith("HTTP/1.1 200"));
      String end = slow.end();
      assertTrue(end.contains("{\"end\":true}"), end);
      assertTrue(end.endsWith("0\r\n\r\n"), end);
    }
    assertIsFree(generation);
  }

  @Test
  void isCutIfNothingIsTakenAndCannotBeMistakenForTheWhole() throws Exception {
    Fixture.Generation generation = ring();
    try (SlowClient stalled = new SlowClient(port, EXPORT.formatted(generation.id()))) {
      assertTrue(stalled.begin().startsWith("HTTP/1.1 200"));
      refused(generation);
      assertIsFree(generation);
      String end = stalled.end();
      assertFalse(end.contains("{\"end\":true}"), end);
      assertFalse(end.endsWith("0\r\n\r\n"), end);
    }
  }

  @Test
  void ofAClientThatGoesAwayMakesRoomForTheNext() throws Exception {
    Fixture.Generation generation = ring();
    try (SlowClient leaving = new SlowClient(port, EXPORT.formatted(generation.id()))) {
      assertTrue(leaving.begin().startsWith("HTTP/1.1 200"));
    }
    assertIsFree(generation);
  }

  @Test
  void ofAnUnknownGenerationIsNotFoundAndMakesRoomForTheNext() throws Exception {
    for (int i = 0; i < 2; i++) {
      given().get(EXPORT.formatted(999_999)).then().statusCode(404);
    }
    assertIsFree(fixture.generation(0.5, 2));
  }

  private void refused(Fixture.Generation generation) {
    given()
        .get(EXPORT.formatted(generation.id()))
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:relata:problem:exports-taken"));
  }

  private void assertIsFree(Fixture.Generation generation) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> given().get(EXPORT.formatted(generation.id())).then().statusCode(200));
  }

  private Fixture.Generation ring() throws SQLException {
    Fixture.Generation generation = fixture.generation(0.5, 10);
    run("insert into graph.generation (generation_id, commit_seq) values (?, 1)", generation.id());
    run(
        "insert into graph.node (generation_id, document_id, version, request)"
            + " select ?, id, 1, 0 from generate_series(1, ?) id",
        generation.id(),
        MANY);
    run(
        "insert into graph.neighbor"
            + " (generation_id, document_id, neighbor_id, similarity, chunk, neighbor_chunk)"
            + " select ?, id, (id + step) % ? + 1, 0.9 - step / 100.0, 0, 0"
            + " from generate_series(1, ?) id, generate_series(0, 9) step",
        generation.id(), MANY, MANY);
    return generation;
  }

  private void run(String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = fixture.database().prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      statement.execute();
    }
  }

  private static List<JsonNode> lines(Fixture.Generation generation)
      throws JsonProcessingException {
    Response response = given().get(EXPORT.formatted(generation.id()));
    response.then().statusCode(200).contentType("application/x-ndjson");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : response.asString().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static List<Long> pair(long one, long other) {
    return List.of(Math.min(one, other), Math.max(one, other));
  }

  private static int inOrder(List<Long> one, List<Long> other) {
    int first = Long.compare(one.getFirst(), other.getFirst());
    return first != 0 ? first : Long.compare(one.getLast(), other.getLast());
  }
}
