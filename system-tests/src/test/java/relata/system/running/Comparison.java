package relata.system.running;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How two generations compare, computed from what is stored, by the definitions alone. */
final class Comparison {
  private static final int K = 10;

  private final Map<Long, List<float[]>> before;
  private final Map<Long, List<float[]>> after;

  Comparison(Map<Long, List<float[]>> before, Map<Long, List<float[]>> after) {
    this.before = before;
    this.after = after;
  }

  /** What the ten documents closest to each document have in common. */
  double overlapOfDocuments() {
    NeighborOracle closest = new NeighborOracle(-1, K);
    Map<Long, List<Neighbor>> one = closest.lists(before);
    Map<Long, List<Neighbor>> other = closest.lists(after);
    Set<Long> documents = new TreeSet<>(one.keySet());
    documents.addAll(other.keySet());
    return documents.stream()
        .mapToDouble(
            id ->
                overlap(
                    ids(one.getOrDefault(id, List.of())), ids(other.getOrDefault(id, List.of()))))
        .average()
        .orElseThrow();
  }

  /** What two searches found, and what they should have found. */
  record Ranked(List<Long> before, List<Long> after, Map<Long, Integer> grades) {}

  Ranked rank(float[] queryBefore, float[] queryAfter, Map<Long, Integer> grades) {
    return new Ranked(
        NeighborOracle.closest(before, queryBefore, K),
        NeighborOracle.closest(after, queryAfter, K),
        new TreeMap<>(grades));
  }

  static double overlap(Collection<Ranked> rankings) {
    return rankings.stream()
        .mapToDouble(ranked -> overlap(ranked.before, ranked.after))
        .average()
        .orElseThrow();
  }

  /** The share of the expected documents that was found. */
  static double recall(List<Long> found, Map<Long, Integer> grades) {
    return (double) grades.keySet().stream().filter(found::contains).count() / grades.size();
  }

  /** The worth of what was found, less the later it comes, against the best order there is. */
  static double ndcg(List<Long> found, Map<Long, Integer> grades) {
    List<Integer> best =
        grades.values().stream().sorted(Comparator.reverseOrder()).limit(K).toList();
    return gain(found.stream().map(id -> grades.getOrDefault(id, 0)).toList()) / gain(best);
  }

  /** Pairs of neighbours that both have, among those that either has. */
  static double overlapOfEdges(Map<Long, List<Neighbor>> before, Map<Long, List<Neighbor>> after) {
    Set<List<Long>> one = edges(before);
    Set<List<Long>> other = edges(after);
    Set<List<Long>> either = new HashSet<>(one);
    either.addAll(other);
    one.retainAll(other);
    return either.isEmpty() ? 1 : (double) one.size() / either.size();
  }

  private static double gain(List<Integer> grades) {
    double sum = 0;
    for (int i = 0; i < grades.size(); i++) {
      sum += grades.get(i) / (Math.log(i + 2) / Math.log(2));
    }
    return sum;
  }

  private static double overlap(List<Long> one, List<Long> other) {
    List<Long> both = new ArrayList<>(one);
    both.retainAll(other);
    return (double) both.size() / Math.max(1, Math.max(one.size(), other.size()));
  }

  private static List<Long> ids(List<Neighbor> list) {
    return list.stream().map(Neighbor::documentId).toList();
  }

  private static Set<List<Long>> edges(Map<Long, List<Neighbor>> lists) {
    Set<List<Long>> edges = new HashSet<>();
    lists.forEach(
        (id, list) ->
            list.forEach(
                neighbor ->
                    edges.add(
                        List.of(
                            Math.min(id, neighbor.documentId()),
                            Math.max(id, neighbor.documentId())))));
    return edges;
  }
}
