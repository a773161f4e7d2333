package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A graph, and what follows from its edges by definition.
 *
 * @param titles of each document by its id
 * @param edges for each document the similarity of each that it has an edge to
 */
record SimilarityGraph(Map<String, String> titles, Map<String, Map<String, Double>> edges) {
  /**
   * By the neighbour lists of all documents, with an edge where either of two has the other: a
   * request for each.
   */
  static SimilarityGraph listed(GraphApi api, Collection<String> documents) {
    SimilarityGraph graph = new SimilarityGraph(new TreeMap<>(), new TreeMap<>());
    documents.forEach(id -> graph.edges.put(id, new TreeMap<>()));
    for (String id : documents) {
      JsonNode list = api.plainNeighbors(id);
      graph.titles.put(id, list.path("title").asText());
      for (JsonNode neighbor : list.path("neighbors")) {
        String other = neighbor.path("id").asText();
        double similarity = neighbor.path("similarity").asDouble();
        assertEquals(
            similarity, graph.edges.get(id).getOrDefault(other, similarity), id + " and " + other);
        graph.connect(id, other, similarity);
      }
    }
    return graph;
  }

  /** By the export as JSON, which has each document and each edge once. */
  static SimilarityGraph exported(GraphApi api) {
    JsonNode exported = GraphApi.read(api.export("json"));
    assertEquals(api.collection(), exported.at("/graph/collection").asText());
    SimilarityGraph graph = new SimilarityGraph(new TreeMap<>(), new TreeMap<>());
    for (JsonNode node : exported.path("nodes")) {
      String id = node.path("id").asText();
      assertNull(graph.titles.put(id, node.path("title").asText()), id);
      graph.edges.put(id, new TreeMap<>());
    }
    GraphCheck.pairs(exported.path("edges"), "source", "target")
        .forEach((pair, similarity) -> graph.connect(pair.getFirst(), pair.getLast(), similarity));
    return graph;
  }

  private void connect(String one, String other, double similarity) {
    edges.get(one).put(other, similarity);
    edges.get(other).put(one, similarity);
  }

  Set<String> documents() {
    return edges.keySet();
  }

  int degree(String document) {
    return edges.get(document).size();
  }

  /** Each edge once, the lower id first. */
  Map<List<String>, Double> pairs() {
    return pairsAmong(documents(), -1);
  }

  /** Those with both ends among some documents, and at least so similar. */
  Map<List<String>, Double> pairsAmong(Collection<String> some, double minSimilarity) {
    Map<List<String>, Double> pairs = new HashMap<>();
    for (String one : some) {
      edges
          .get(one)
          .forEach(
              (other, similarity) -> {
                if (one.compareTo(other) < 0
                    && some.contains(other)
                    && similarity >= minSimilarity) {
                  pairs.put(List.of(one, other), similarity);
                }
              });
    }
    return pairs;
  }

  /** The similarity of an edge in the middle of all. */
  double medianSimilarity() {
    return pairs().values().stream().sorted().toList().get(pairs().size() / 2);
  }

  /** What is reached from a document over edges of at least some similarity, nearest first. */
  Map<String, Integer> steps(String from, double minSimilarity) {
    Map<String, Integer> steps = new LinkedHashMap<>(Map.of(from, 0));
    Deque<String> waiting = new ArrayDeque<>(List.of(from));
    while (!waiting.isEmpty()) {
      String next = waiting.remove();
      edges
          .get(next)
          .forEach(
              (other, similarity) -> {
                if (similarity >= minSimilarity
                    && steps.putIfAbsent(other, steps.get(next) + 1) == null) {
                  waiting.add(other);
                }
              });
    }
    return steps;
  }

  /** The greatest sum of similarities that a way with the fewest edges has. */
  double strongestWay(String from, String to) {
    Map<String, Integer> steps = steps(from, -1);
    Map<String, Double> sums = new HashMap<>(Map.of(from, 0.0));
    steps.forEach(
        (document, step) ->
            edges.get(document).entrySet().stream()
                .filter(edge -> steps.get(edge.getKey()) == step - 1)
                .mapToDouble(edge -> sums.get(edge.getKey()) + edge.getValue())
                .max()
                .ifPresent(sum -> sums.put(document, sum)));
    return sums.get(to);
  }

  /** What hangs together over edges of at least some similarity, the largest first. */
  List<Set<String>> groups(double minSimilarity) {
    List<Set<String>> groups = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    for (String document : documents()) {
      if (!placed.contains(document)) {
        Set<String> group = new TreeSet<>(steps(document, minSimilarity).keySet());
        placed.addAll(group);
        groups.add(group);
      }
    }
    groups.sort(Comparator.comparingInt(Set<String>::size).reversed());
    return groups;
  }

  /** Sum of the similarities of the edges from some documents to some others. */
  double weight(Collection<String> some, Set<String> others) {
    return some.stream().mapToDouble(document -> weight(document, others)).sum();
  }

  /** The same of one document. */
  double weight(String document, Set<String> others) {
    return edges.get(document).entrySet().stream()
        .filter(edge -> others.contains(edge.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /**
   * Newman's: for each community the share of the weights that is within it, less the square of the
   * share of the ends of edges that it has.
   */
  double modularity(Collection<Set<String>> communities, double resolution) {
    double ends = weight(documents(), documents());
    double modularity = 0;
    for (Set<String> community : communities) {
      double within = weight(community, community);
      double touching = weight(community, documents());
      modularity += within / ends - resolution * Math.pow(touching / ends, 2);
    }
    return modularity;
  }
}
