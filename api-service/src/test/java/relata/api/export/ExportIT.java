package relata.api.export;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.jgrapht.nio.graphml.GraphMLImporter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.api.testing.GraphServiceFake;
import relata.api.testing.GraphServiceFake.Sending;
import relata.local.testing.BackendsResource;
import relata.local.testing.SlowClient;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(GraphServiceFake.class)
@TestProfile(ExportIT.OneAtATime.class)
class ExportIT {
  private static final String EXPORT = "/v1/collections/{c}/graph/export";
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String ODD_ID = "a/1 <\"&'> 😀";
  private static final String ODD_TITLE = "A ]]> & <b>\uFFFF";
  private static final String END = "{\"end\":true}\n";

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  private String collection;
  private long a;
  private long b;
  private long c;

  /** One export at a time, which may stand still for ten seconds. */
  public static final class OneAtATime implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "relata.export.max-exports", "1",
          "relata.export.stalled-after", "10s",
          "relata.export.begin-timeout", "15s");
    }
  }

  @BeforeEach
  void threeDocuments() {
    collection = Collections.create();
    given()
        .contentType("application/json")
        .body(Map.of("title", ODD_TITLE))
        .put("/v1/collections/{c}/documents/{id}", collection, ODD_ID)
        .then()
        .statusCode(201);
    Collections.put(collection, "b", "B");
    Collections.put(collection, "c", "C");
    a = Database.documentKey(collection, ODD_ID);
    b = Database.documentKey(collection, "b");
    c = Database.documentKey(collection, "c");
  }

  @Test
  void jsonNamesDocumentsAndLeavesOutWhatIsGone() {
    reply(200, triangleWithOneThatIsGone() + END);
    given()
        .get(EXPORT, collection)
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("directed", is(false))
        .body("multigraph", is(false))
        .body("graph.collection", is(collection))
        .body("graph.generation", is((int) Database.generation(collection)))
        .body("graph.commit", is(4))
        .body("nodes.id", is(List.of(ODD_ID, "b", "c")))
        .body("nodes.title", is(List.of(ODD_TITLE, "B", "C")))
        .body("edges.source", is(List.of(ODD_ID, "b")))
        .body("edges.target", is(List.of("b", "c")))
        .body("edges.similarity", is(List.of(0.75f, 0.5f)));
  }

  @Test
  void graphMlIsReadByAGraphLibraryAndFitsItsSchema() {
    reply(200, triangleWithOneThatIsGone() + END);
    String xml =
        given()
            .get(EXPORT + "?format=graphml", collection)
            .then()
            .statusCode(200)
            .contentType("application/graphml+xml")
            .extract()
            .asString();

    Map<String, String> names = new HashMap<>();
    var graph = new SimpleWeightedGraph<String, DefaultWeightedEdge>(DefaultWeightedEdge.class);
    var importer = new GraphMLImporter<String, DefaultWeightedEdge>();
    importer.setSchemaValidation(true);
    importer.setVertexFactory(id -> id);
    importer.addVertexAttributeConsumer(
        (key, value) -> names.put(key.getFirst() + " " + key.getSecond(), value.getValue()));
    importer.importGraph(graph, new StringReader(xml));

    assertEquals(3, graph.vertexSet().size());
    assertEquals(ODD_ID, names.get("n" + a + " document"));
    assertEquals("A ]]> & <b>\uFFFD", names.get("n" + a + " title"));
    assertEquals("C", names.get("n" + c + " title"));
    assertEquals(2, graph.edgeSet().size());
    assertEquals(0.75, graph.getEdgeWeight(graph.getEdge("n" + a, "n" + b)));
    assertEquals(0.5, graph.getEdgeWeight(graph.getEdge("n" + b, "n" + c)));
  }

  @ParameterizedTest
  @CsvSource({
    "application/graphml+xml, application/graphml+xml",
    "'application/json;q=0.5, application/graphml+xml', application/graphml+xml",
    "'text/html, application/*;q=0.9', application/json",
    "*/*, application/json",
  })
  void acceptDecidesWhereNoFormatIsNamed(String accept, String type) {
    reply(200, triangleWithOneThatIsGone() + END);
    given().accept(accept).get(EXPORT, collection).then().statusCode(200).contentType(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "graphml"})
  void anEmptyGraphIsWellFormed(String format) {
    reply(200, head(0, 0) + END);
    given()
        .get(EXPORT + "?format=" + format, collection)
        .then()
        .statusCode(200)
        .body(format.equals("json") ? "nodes.size()" : "graphml.graph.node.size()", is(0));
  }

  @Test
  void whatIsAskedWronglyIsRefused() {
    given()
        .get(EXPORT + "?format=gexf", collection)
        .then()
        .statusCode(400)
        .body("errors[0].field", is("format"));
    given().accept("text/csv").get(EXPORT, collection).then().statusCode(406);
    given().get(EXPORT, "nobody").then().statusCode(404);
    exportWorks();
  }

  @ParameterizedTest
  @CsvSource({
    "404, graph-behind, {}",
    "500, graph-away, {}",
    "503, graph-away, {}",
    "503, exports-taken, '{\"type\":\"urn:relata:problem:exports-taken\",\"detail\":\"4.\"}'",
  })
  void graphServiceThatDoesNotBeginIsAProblem(int status, String type, String body) {
    reply(status, body);
    given()
        .get(EXPORT, collection)
        .then()
        .statusCode(503)
        .header("Retry-After", "10")
        .body("type", is("urn:relata:problem:" + type));
    exportWorks();
  }

  @Test
  void graphServiceThatHangsIsAway() {
    reply(0, "");
    given()
        .get(EXPORT, collection)
        .then()
        .statusCode(503)
        .body("type", is("urn:relata:problem:graph-away"));
    GraphServiceFake.letGo();
    exportWorks();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "graphml"})
  void whatBreaksOffCannotBeMistakenForTheWhole(String format) throws IOException {
    reply(200, triangleWithOneThatIsGone());
    try (SlowClient client = client(format)) {
      String end = client.end();
      assertTrue(end.startsWith("HTTP/1.1 200"), end);
      assertTrue(end.contains("0.5"), end);
      assertFalse(end.endsWith("0\r\n\r\n"), end);
    }
    exportWorks();
  }

  @Test
  void aSlowClientHoldsGraphServiceUpAndGetsAll() throws IOException {
    replyMany();
    try (SlowClient client = client("json")) {
      assertTrue(client.begin().startsWith("HTTP/1.1 200"));
      assertEquals(Sending.UNDER_WAY, GraphServiceFake.sending(path()));
      String end = client.end();
      assertTrue(end.endsWith("]}\r\n0\r\n\r\n"), end);
    }
    exportWorks();
  }

  @Test
  void aClientThatTakesNothingIsCutOffAndMakesRoom() throws IOException {
    replyMany();
    try (SlowClient client = client("graphml")) {
      assertTrue(client.begin().startsWith("HTTP/1.1 200"));
      given()
          .get(EXPORT, collection)
          .then()
          .statusCode(503)
          .header("Retry-After", "10")
          .body("type", is("urn:relata:problem:exports-taken"))
          .body("detail", startsWith("1 exports"));
      await().atMost(SOON).until(() -> GraphServiceFake.sending(path()) == Sending.BROKEN_OFF);
      assertFalse(client.end().endsWith("0\r\n\r\n"));
    }
    exportWorks();
  }

  @Test
  void aClientThatGoesAwayLetsGraphServiceStop() throws IOException {
    replyMany();
    try (SlowClient client = client("json")) {
      assertTrue(client.begin().startsWith("HTTP/1.1 200"));
    }
    await().atMost(SOON).until(() -> GraphServiceFake.sending(path()) == Sending.BROKEN_OFF);
    exportWorks();
  }

  private SlowClient client(String format) throws IOException {
    return new SlowClient(
        port, "/v1/collections/%s/graph/export?format=%s".formatted(collection, format));
  }

  private void exportWorks() {
    reply(200, head(0, 0) + END);
    await()
        .atMost(SOON)
        .untilAsserted(() -> given().get(EXPORT, collection).then().statusCode(200));
  }

  private String triangleWithOneThatIsGone() {
    return head(4, 3)
        + "{\"nodes\":[%d,%d]}\n{\"nodes\":[%d,999999999]}\n".formatted(a, b, c)
        + "{\"edges\":[%s,%s]}\n".formatted(edge(a, b, 0.75), edge(b, 999_999_999, 0.7))
        + "{\"edges\":[%s],\"new\":1}\n".formatted(edge(b, c, 0.5));
  }

  /** More than the connections hold on both ways. */
  private void replyMany() {
    int pages = 120;
    String edges =
        LongStream.range(0, 5_000).mapToObj(i -> edge(a, b, 0.75)).collect(Collectors.joining(","));
    reply(
        200,
        head(2, pages * 5_000)
            + "{\"nodes\":[%d,%d]}\n".formatted(a, b)
            + "{\"edges\":[%s]}\n".formatted(edges).repeat(pages)
            + END);
  }

  private String head(int nodes, int edges) {
    return "{\"head\":{\"generation\":%d,\"commit\":4,\"nodeCount\":%d,\"edgeCount\":%d}}\n"
        .formatted(Database.generation(collection), nodes, edges);
  }

  private static String edge(long low, long high, double similarity) {
    return "{\"lowId\":%d,\"highId\":%d,\"similarity\":%s}".formatted(low, high, similarity);
  }

  private String path() {
    return "/internal/generations/%d/graph/export".formatted(Database.generation(collection));
  }

  private void reply(int status, String body) {
    GraphServiceFake.reply(path(), status, body);
  }
}
