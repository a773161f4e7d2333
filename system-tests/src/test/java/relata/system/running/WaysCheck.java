package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ways that the API finds between documents, held against its edges. */
record WaysCheck(GraphApi api, SimilarityGraph graph) {
  private static final double ROUNDING = 1e-9;
  private static final int ASKED = 12;

  void ways() {
    List<String> documents = List.copyOf(graph.documents());
    for (int i = 0; i < ASKED; i++) {
      way(
          documents.get(i * documents.size() / ASKED),
          documents.get((i * 7 + 3) % documents.size()));
    }
    List<Set<String>> groups = graph.groups(-1);
    String start = groups.getFirst().iterator().next();
    way(start, List.copyOf(graph.steps(start, -1).keySet()).getLast());
    way(start, groups.getLast().iterator().next());
    way(start, start);
  }

  private void way(String from, String to) {
    JsonNode way = api.of("path", Map.of("from", from, "to", to));
    String pair = from + " to " + to;
    Map<String, Integer> steps = graph.steps(from, -1);
    assertEquals(steps.containsKey(to), way.path("connected").asBoolean(), pair);
    assertEquals(steps.getOrDefault(to, 0), way.path("steps").size(), pair);
    String at = from;
    double sum = 0;
    for (JsonNode step : way.path("steps")) {
      assertEquals(at, step.at("/from/id").asText(), pair);
      String next = step.at("/to/id").asText();
      assertEquals(graph.titles().get(next), step.at("/to/title").asText());
      assertEquals(graph.edges().get(at).get(next), step.path("similarity").asDouble(), pair);
      Reason told = new Reason(step.path("chunk"), step.path("toChunk"));
      assertTrue(reasons(at, next).contains(told), () -> pair + ": " + told);
      sum += step.path("similarity").asDouble();
      at = next;
    }
    if (steps.containsKey(to)) {
      assertEquals(to, at, pair);
      assertEquals(graph.strongestWay(from, to), sum, ROUNDING, pair);
    }
  }

  /** What in the one document is like what in the other. */
  private record Reason(JsonNode chunk, JsonNode toChunk) {}

  /** By the lists of both; of chunks that are alike to the same degree they may name others. */
  private List<Reason> reasons(String from, String to) {
    List<Reason> reasons = new ArrayList<>();
    evidence(from, to)
        .forEach(
            alike -> reasons.add(new Reason(alike.path("chunk"), alike.path("neighborChunk"))));
    evidence(to, from)
        .forEach(
            alike -> reasons.add(new Reason(alike.path("neighborChunk"), alike.path("chunk"))));
    reasons.forEach(reason -> assertTrue(reason.chunk().path("text").isTextual(), from));
    return reasons;
  }

  private List<JsonNode> evidence(String of, String neighbor) {
    return api.neighbors(of)
        .path("neighbors")
        .valueStream()
        .filter(entry -> entry.path("id").asText().equals(neighbor))
        .map(entry -> entry.path("evidence"))
        .toList();
  }
}
