package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import relata.local.client.RelataClient;
import relata.local.eval.Evaluation;

/** {@code ./relata eval} on a few documents, of which it is plain what is to be found. */
@ExtendWith(SharedStack.class)
final class EvaluationIT {
  private static final String COLLECTION = "judged";

  @TempDir static Path folder;
  private static RelataClient client;
  private static JsonNode result;

  @BeforeAll
  static void evaluate(SharedStack.Running running) throws Exception {
    put(
        "corpus.jsonl",
        """
        {"_id": "pump", "title": "Pump failure", "text": "When the pump stops at night, ring the watch."}
        {"_id": "algae", "title": "Green water", "text": "Shade the tank to keep algae from growing."}
        {"_id": "snow", "title": "Roof load", "text": "The roof carries a metre of fresh snow."}
        {"_id": "bread", "title": "", "text": "Let the dough rise for two hours before baking."}
        {"_id": "bicycle", "title": "Brakes", "text": "Worn pads squeal; replace both at once."}
        {"_id": "nothing", "title": "An empty note", "text": ""}
        """);
    put(
        "queries.jsonl",
        """
        {"_id": "q1", "text": "pump stops"}
        {"_id": "q2", "text": "slime in a basin"}
        {"_id": "q3", "text": "snow on the roof"}
        {"_id": "q4", "text": "dough"}
        {"_id": "q5", "text": "nobody judged an answer relevant"}
        """);
    put(
        "qrels/test.tsv",
        "query-id\tcorpus-id\tscore\nq1\tpump\t2\nq2\talgae\t1\nq3\tsnow\t1\nq4\tbread\t1\nq5\tpump\t0\n");
    client = new RelataClient(running.stack().url());
    result = run();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @Test
  void everyModeAndTheBaselineAreMeasuredOnBothHalves() {
    assertEquals(2, result.path("halves").size());
    for (JsonNode half : result.path("halves")) {
      assertEquals(2, half.path("queries").asInt(), half.toString());
      assertEquals(
          Set.of("hybrid", "semantic", "lexical", "bm25-english", "bm25-standard"),
          names(half.path("means")));
      assertEquals(
          Set.of("semantic", "lexical", "bm25-english", "bm25-standard"),
          names(half.at("/less/hybrid")));
    }
    assertEquals(1, result.path("leftOut").asInt());
    assertEquals(1, result.at("/weights/semantic").asDouble());
  }

  @Test
  void theWordsThatStandThereAreFoundByBothKindsOfBm25() {
    JsonNode means = result.at("/halves/0/means");
    for (String system : List.of("lexical", "bm25-english", "bm25-standard")) {
      assertEquals(1, means.path(system).path("nDCG@10").asDouble(), system);
    }
  }

  @Test
  void whatSharesNoWordIsFoundByMeaningAlone() {
    JsonNode means = result.at("/halves/1/means");
    assertEquals(1, means.at("/semantic/recall@100").asDouble());
    assertEquals(1, means.at("/hybrid/recall@100").asDouble());
    assertEquals(0.5, means.at("/bm25-standard/recall@100").asDouble());
  }

  @Test
  void twoQueriesAHalfProveNothing() {
    assertTrue(result.at("/halves/1/less/hybrid/bm25-standard/nDCG@10/p").asDouble() > 0.05);
    assertEquals(false, result.path("passed").asBoolean(true));
  }

  @Test
  void theSameAgainImportsNothingAndGivesTheSameFigures() throws Exception {
    assertEquals(result, run());
  }

  @Test
  void aCollectionWithOtherDocumentsIsNotMeasured() {
    client.ensureCollection("mixed");
    client.put("mixed", "other", "{\"title\": \"of somebody else\"}");
    String message =
        assertThrows(
                IllegalStateException.class,
                () -> evaluation().run(client, "mixed", recipe(), System.out::println))
            .getMessage();
    assertEquals(
        "mixed has 7 documents, 0 of them dead, and not the 6 that were imported.", message);
  }

  private static JsonNode run() throws Exception {
    ObjectNode json = evaluation().run(client, COLLECTION, recipe(), System.out::println).json();
    return new ObjectMapper().readTree(json.toString());
  }

  private static Evaluation evaluation() throws IOException {
    return Evaluation.of(folder, Optional.empty());
  }

  private static ObjectNode recipe() {
    return new ObjectMapper().createObjectNode();
  }

  private static Set<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  private static void put(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
