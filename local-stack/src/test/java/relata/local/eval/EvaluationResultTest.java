package relata.local.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EvaluationResultTest {
  private static final int QUERIES = 24;
  private static final Rankings FOUND = always("hybrid", "a");
  private static final Rankings MISSED = always("semantic", "x");

  @Test
  void hybridPassesWhereItIsSurelyBetter() {
    String printed = print(FOUND, MISSED, true);
    assertTrue(
        printed.lines().anyMatch(line -> line.matches("hybrid\\.semantic .* pass")), printed);
  }

  @Test
  void worseIsShortHoweverSureItIs() {
    String printed = print(MISSED, FOUND, false);
    assertTrue(
        printed.lines().anyMatch(line -> line.matches("semantic\\.hybrid .* short")), printed);
  }

  @Test
  void equalIsShort() {
    print(FOUND, always("semantic", "a"), false);
  }

  @Test
  void theJsonSaysTheSame() throws Exception {
    JsonNode json = new ObjectMapper().readTree(result(FOUND, MISSED).json().toString());
    assertTrue(json.path("passed").asBoolean());
    assertEquals(4, json.at("/weights/semantic").asDouble());
    JsonNode heldOut = json.path("halves").path(1);
    assertEquals("held out", heldOut.path("half").asText());
    assertEquals(QUERIES / 2, heldOut.path("queries").asInt());
    assertEquals(1, heldOut.at("/means/hybrid/nDCG@10").asDouble());
    assertEquals(1, heldOut.at("/less/hybrid/semantic/nDCG@10/mean").asDouble());
  }

  private static String print(Rankings hybrid, Rankings other, boolean passed) {
    StringWriter text = new StringWriter();
    assertEquals(passed, result(hybrid, other).print(new PrintWriter(text)));
    assertEquals(passed, result(hybrid, other).isPassed());
    return text.toString();
  }

  private static EvaluationResult result(Rankings hybrid, Rankings other) {
    List<JudgedQuery> queries =
        Collections.nCopies(QUERIES, new JudgedQuery("q", "words", Map.of("a", 1)));
    return new EvaluationResult(
        "made up",
        new ObjectMapper().createObjectNode(),
        0,
        new Tuning(List.of(), new Weights(4, 6), 0.001),
        Stream.of(Half.values())
            .map(half -> HalfResult.of(half, queries, List.of(hybrid), List.of(other)))
            .toList());
  }

  private static Rankings always(String system, String id) {
    return new Rankings(system, Collections.nCopies(QUERIES, List.of(id)));
  }
}
