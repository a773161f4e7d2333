package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/** What the API says of a graph and shows of it, held against its edges. */
record GraphCheck(GraphApi api, SimilarityGraph graph) {
  private static final double ROUNDING = 1e-9;
  private static final int MOST_EDGES = 2_000;
  private static final int MOST_NODES = 500;

  void statistics() {
    JsonNode answer = api.of("statistics", Map.of());
    assertEquals(0, answer.path("pendingCount").asInt());
    JsonNode told = answer.path("statistics");
    int nodes = graph.documents().size();
    int edges = graph.pairs().size();
    assertEquals(nodes, told.path("nodes").asInt());
    assertEquals(edges, told.path("edges").asInt());
    assertEquals(edges / (nodes * (nodes - 1) / 2.0), told.path("density").asDouble(), ROUNDING);
    assertEquals(nodesWith(0), told.path("isolatedNodes").asInt());
    JsonNode degrees = told.path("degrees");
    assertEquals(degree(had -> had > 0), degrees.path("min").asInt());
    assertEquals(degree(had -> 2 * had >= nodes), degrees.path("median").asInt());
    assertEquals(degree(had -> 10 * had >= 9 * nodes), degrees.path("p90").asInt());
    assertEquals(degree(had -> 100 * had >= 99 * nodes), degrees.path("p99").asInt());
    assertEquals(degree(had -> had == nodes), degrees.path("max").asInt());
    assertEquals(2.0 * edges / nodes, degrees.path("mean").asDouble(), ROUNDING);
    List<Integer> components = graph.groups(-1).stream().map(Set::size).toList();
    assertEquals(components.size(), told.path("componentCount").asInt());
    assertEquals(
        components.stream().limit(10).toList(),
        told.path("components").valueStream().map(JsonNode::asInt).toList());
  }

  private long nodesWith(int degree) {
    return graph.documents().stream().filter(id -> graph.degree(id) == degree).count();
  }

  /** The least for which enough documents have as many edges or fewer. */
  private int degree(IntPredicate isEnough) {
    int degree = 0;
    int had = (int) nodesWith(0);
    while (!isEnough.test(had)) {
      degree++;
      had += (int) nodesWith(degree);
    }
    return degree;
  }

  void mostLinked() {
    List<Integer> degrees =
        graph.documents().stream().map(graph::degree).sorted(Comparator.reverseOrder()).toList();
    for (int top : List.of(1, 10, Math.min(MOST_NODES, degrees.size()))) {
      JsonNode part = part(Map.of("top", top), -1);
      assertEquals(degrees.subList(0, Math.min(top, degrees.size())), ints(part, "degree"));
      assertEquals(0, part.path("nodesOmitted").asInt());
    }
    part(Map.of("top", 50, "minSimilarity", graph.medianSimilarity()), graph.medianSimilarity());
  }

  void surroundings() {
    String middle = mostLinkedDocument();
    around(middle, 1, 100, -1);
    around(middle, 6, MOST_NODES, -1);
    around(middle, 2, graph.degree(middle), graph.medianSimilarity());
    around(middle, 3, 5, -1);
  }

  String mostLinkedDocument() {
    return graph.documents().stream().max(Comparator.comparingInt(graph::degree)).orElseThrow();
  }

  private void around(String middle, int depth, int nodes, double minSimilarity) {
    Map<String, Integer> steps = graph.steps(middle, minSimilarity);
    steps.values().removeIf(step -> step > depth);
    JsonNode part =
        part(
            Map.of(
                "around", middle, "depth", depth, "nodes", nodes, "minSimilarity", minSimilarity),
            minSimilarity);
    List<String> shown = texts(part.path("nodes"), "id");
    assertEquals(middle, shown.getFirst());
    assertEquals(shown.stream().map(steps::get).toList(), ints(part, "steps"));
    assertEquals(
        steps.entrySet().stream()
            .map(place -> place(place.getKey(), steps))
            .sorted(Comparator.comparingDouble(place -> place))
            .limit(nodes)
            .toList(),
        shown.stream().map(document -> place(document, steps)).toList());
    assertEquals(steps.size() - shown.size(), part.path("nodesOmitted").asInt());
  }

  /** Fewer steps first, of as many the greatest similarity to one that is a step nearer. */
  private double place(String document, Map<String, Integer> steps) {
    int step = steps.get(document);
    double nearest =
        graph.edges().get(document).entrySet().stream()
            .filter(edge -> steps.getOrDefault(edge.getKey(), step) == step - 1)
            .mapToDouble(Map.Entry::getValue)
            .max()
            .orElse(0);
    return step - nearest / 2;
  }

  /** Checks what holds for every part. */
  private JsonNode part(Map<String, ?> parameters, double minSimilarity) {
    JsonNode part = api.part(parameters);
    assertEquals(graph.documents().size(), part.path("nodeCount").asInt());
    assertEquals(graph.pairs().size(), part.path("edgeCount").asInt());
    assertEquals(0, part.path("pendingCount").asInt());
    List<String> shown = texts(part.path("nodes"), "id");
    assertEquals(shown.size(), new HashSet<>(shown).size(), "each once");
    assertEquals(
        shown.stream().map(graph.titles()::get).toList(), texts(part.path("nodes"), "title"));
    assertEquals(shown.stream().map(graph::degree).toList(), ints(part, "degree"));
    Map<List<String>, Double> all = graph.pairsAmong(new HashSet<>(shown), minSimilarity);
    Map<List<String>, Double> told = pairs(part.path("edges"), "from", "to");
    int most = Math.min(MOST_EDGES, all.size());
    assertEquals(most, told.size());
    assertEquals(all.size() - most, part.path("edgesOmitted").asInt());
    told.forEach((pair, similarity) -> assertEquals(all.get(pair), similarity, pair.toString()));
    assertEquals(
        all.values().stream().sorted(Comparator.reverseOrder()).limit(most).toList(),
        part.path("edges").valueStream().map(edge -> edge.path("similarity").asDouble()).toList());
    return part;
  }

  /** Each edge once, the lower id first. */
  static Map<List<String>, Double> pairs(JsonNode edges, String from, String to) {
    Map<List<String>, Double> pairs = new HashMap<>();
    for (JsonNode edge : edges) {
      List<String> pair =
          new ArrayList<>(List.of(edge.path(from).asText(), edge.path(to).asText()));
      pair.sort(Comparator.naturalOrder());
      assertEquals(null, pairs.put(pair, edge.path("similarity").asDouble()), pair.toString());
    }
    return pairs;
  }

  private static List<Integer> ints(JsonNode part, String field) {
    return part.path("nodes").valueStream().map(node -> node.path(field).asInt(-1)).toList();
  }

  private static List<String> texts(JsonNode nodes, String field) {
    return nodes.valueStream().map(node -> node.path(field).asText()).toList();
  }
}
