package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The groups that the API finds in a graph, held against its edges. */
record GroupsCheck(GraphApi api, SimilarityGraph graph) {
  private static final double ROUNDING = 1e-9;

  /** Fewer than a community has, so that it takes several. */
  private static final int PAGE = 20;

  private static final int TOLD = 3;

  void communities(double resolution) {
    List<Set<String>> partition = partition(resolution);
    JsonNode largest = communities(Map.of("resolution", resolution, "limit", TOLD));
    assertEquals(partition.size(), largest.path("count").asInt());
    assertEquals(
        graph.modularity(partition, resolution),
        largest.path("modularity").asDouble(),
        ROUNDING,
        api.collection());
    assertNoTwoAreBetterAsOne(partition, resolution);
    List<Set<String>> ordered =
        partition.stream().sorted(Comparator.comparingInt(Set<String>::size).reversed()).toList();
    int told = Math.min(TOLD, ordered.size());
    assertEquals(told, largest.path("communities").size());
    assertEquals(ordered.size() - told, largest.path("communitiesOmitted").asInt());
    for (int i = 0; i < told; i++) {
      JsonNode community = largest.path("communities").get(i);
      assertEquals(ordered.get(i).size(), community.path("size").asInt());
      Set<String> members = Set.copyOf(ids(community.path("members")));
      assertEquals(Math.min(5, ordered.get(i).size()), members.size());
      assertTrue(partition.stream().anyMatch(whole -> whole.containsAll(members)));
    }
  }

  /** All communities, each asked for by one of its documents. */
  private List<Set<String>> partition(double resolution) {
    List<Set<String>> partition = new ArrayList<>();
    Set<String> placed = new HashSet<>();
    for (String document : graph.documents()) {
      if (!placed.contains(document)) {
        Set<String> members = members(document, resolution);
        assertTrue(members.contains(document), document);
        members.forEach(member -> assertTrue(placed.add(member), member + " is in two"));
        partition.add(members);
      }
    }
    assertEquals(graph.documents(), placed);
    return partition;
  }

  /** A document's community, page by page. */
  private Set<String> members(String document, double resolution) {
    Map<String, Double> strengths = new LinkedHashMap<>();
    JsonNode community;
    do {
      JsonNode answer =
          communities(
              Map.of(
                  "resolution", resolution,
                  "of", document,
                  "members", PAGE,
                  "offset", strengths.size()));
      assertEquals(
          answer.path("count").asInt() - 1, answer.path("communitiesOmitted").asInt(), document);
      community = answer.path("communities").get(0);
      for (JsonNode member : community.path("members")) {
        String id = member.path("id").asText();
        assertEquals(graph.titles().get(id), member.path("title").asText());
        assertEquals(null, strengths.put(id, member.path("strength").asDouble()), id);
      }
    } while (community.path("members").size() == PAGE);
    Set<String> members = strengths.keySet();
    assertEquals(members.size(), community.path("size").asInt(), document);
    assertEquals(graph.pairsAmong(members, -1).size(), community.path("edges").asInt(), document);
    strengths.forEach(
        (id, strength) -> assertEquals(graph.weight(id, members), strength, ROUNDING, id));
    assertEquals(
        strengths.values().stream().sorted(Comparator.reverseOrder()).toList(),
        List.copyOf(strengths.values()),
        "the most central first");
    return members;
  }

  /**
   * What Leiden's method promises: no two communities have more weight between them than chance
   * would give, which would be better as one.
   */
  private void assertNoTwoAreBetterAsOne(List<Set<String>> partition, double resolution) {
    double ends = graph.weight(graph.documents(), graph.documents());
    List<Double> touching =
        partition.stream().map(some -> graph.weight(some, graph.documents())).toList();
    for (int i = 0; i < partition.size(); i++) {
      for (int j = 0; j < i; j++) {
        double between = graph.weight(partition.get(i), partition.get(j));
        double byChance = resolution * touching.get(i) * touching.get(j) / ends;
        assertTrue(between <= byChance + ROUNDING, partition.get(i) + " and " + partition.get(j));
      }
    }
  }

  private JsonNode communities(Map<String, ?> parameters) {
    return api.of("communities", parameters);
  }

  /** Where most groups are small, and over all edges. */
  void duplicates() {
    duplicates(graph.medianSimilarity(), 100);
    duplicates(graph.medianSimilarity(), 2);
    duplicates(-1, 100);
    assertEquals(
        api.of("duplicates", Map.of("minSimilarity", 0.95)),
        api.of("duplicates", Map.of()),
        "without a similarity");
  }

  private void duplicates(double minSimilarity, int limit) {
    List<Set<String>> groups =
        graph.groups(minSimilarity).stream().filter(group -> group.size() > 1).toList();
    JsonNode answer = api.of("duplicates", Map.of("minSimilarity", minSimilarity, "limit", limit));
    int told = Math.min(limit, groups.size());
    assertEquals(told, answer.path("groups").size());
    assertEquals(groups.size() - told, answer.path("groupsOmitted").asInt());
    Map<String, Set<String>> whole =
        groups.stream()
            .flatMap(group -> group.stream().map(id -> Map.entry(id, group)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Set<Set<String>> seen = new HashSet<>();
    for (int i = 0; i < told; i++) {
      JsonNode group = answer.path("groups").get(i);
      List<String> ids = ids(group.path("documents"));
      Set<String> expected = whole.get(ids.getFirst());
      assertTrue(seen.add(expected), "told twice: " + expected);
      assertEquals(groups.get(i).size(), group.path("size").asInt());
      assertEquals(expected.size(), group.path("size").asInt());
      assertEquals(Math.min(limit, expected.size()), Set.copyOf(ids).size());
      assertTrue(expected.containsAll(ids), () -> ids + " are not of " + expected);
    }
  }

  private static List<String> ids(JsonNode documents) {
    return documents.valueStream().map(document -> document.path("id").asText()).toList();
  }
}
