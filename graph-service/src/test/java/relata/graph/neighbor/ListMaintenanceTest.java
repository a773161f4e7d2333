package relata.graph.neighbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Several replicas keep the lists of one generation together, as the service does: a commit takes
 * turns with the others, first learns what they dealt with, and then deals with its own documents.
 * Events arrive late, twice, out of order or never; the sweep at the end deals with what is left.
 */
class ListMaintenanceTest {
  private static final int DOCUMENTS = 9;

  /** What embedding-worker stored: a version and a position that decides all similarities. */
  private record Feature(long version, int position) {}

  private final Map<Long, Feature> features = new TreeMap<>();
  private final Map<Long, Long> nodes = new TreeMap<>();
  private final Map<Long, NeighborList> lists = new TreeMap<>();
  private final List<Set<Long>> log = new ArrayList<>();
  private int maxNeighbors;
  private double minSimilarity;
  private long versions;

  /** Coarse on purpose: ties and equal documents are everywhere. */
  private static double similarity(Feature a, Feature b) {
    return 1 - Math.abs(a.position() - b.position()) / 10.0;
  }

  private final class Replica {
    private final Map<Long, Feature> index = new HashMap<>();
    private int known;

    void refresh(Set<Long> documentIds) {
      for (long documentId : documentIds) {
        index.remove(documentId);
        if (features.containsKey(documentId)) {
          index.put(documentId, features.get(documentId));
        }
      }
    }

    private boolean isLinkedAsStored(long documentId) {
      Feature feature = index.get(documentId);
      Long node = nodes.get(documentId);
      return feature == null ? node == null : node != null && node == feature.version();
    }

    void commit(Set<Long> documentIds) {
      while (known < log.size()) {
        refresh(log.get(known++));
      }
      refresh(documentIds);
      // Who is linked in the version that is stored has been dealt with.
      Set<Long> changed = new TreeSet<>(documentIds);
      changed.removeIf(this::isLinkedAsStored);
      Map<Long, ListChange> changes = changes(changed);
      changes.forEach((id, change) -> lists.put(id, change.after()));
      for (long documentId : changed) {
        if (index.containsKey(documentId)) {
          nodes.put(documentId, index.get(documentId).version());
        } else {
          nodes.remove(documentId);
          assertEquals(NeighborList.EMPTY, lists.getOrDefault(documentId, NeighborList.EMPTY));
        }
      }
      log.add(changed);
      known++;
      lists.forEach(
          (id, list) ->
              list.neighbors().forEach(entry -> assertTrue(nodes.containsKey(entry.documentId()))));
    }

    Map<Long, ListChange> changes(Set<Long> changed) {
      Set<Long> linked = new TreeSet<>(nodes.keySet());
      linked.removeAll(changed);
      changed.stream().filter(index::containsKey).forEach(linked::add);
      return new ListMaintenance(
              maxNeighbors,
              ids -> candidatesOf(ids, index, linked, minSimilarity),
              ListMaintenanceTest.this::load)
          .changes(changed);
    }
  }

  private static Map<Long, Candidates> candidatesOf(
      Iterable<Long> ids, Map<Long, Feature> index, Set<Long> linked, double minSimilarity) {
    Map<Long, Candidates> found = new HashMap<>();
    for (long id : ids) {
      Feature own = index.get(id);
      if (own != null) {
        List<Neighbor> entries = new ArrayList<>();
        for (long other : linked) {
          Feature feature = index.get(other);
          if (other != id && feature != null && similarity(own, feature) >= minSimilarity) {
            entries.add(new Neighbor(other, similarity(own, feature), 0, 1));
          }
        }
        found.put(id, new Entries(id, entries));
      }
    }
    return found;
  }

  private record Entries(long id, List<Neighbor> entries) implements Candidates {
    @Override
    public int size() {
      return entries.size();
    }

    @Override
    public long documentId(int index) {
      return entries.get(index).documentId();
    }

    @Override
    public double similarity(int index) {
      return entries.get(index).similarity();
    }

    @Override
    public Neighbor neighbor(int index) {
      return entries.get(index);
    }

    @Override
    public Neighbor reversed(int index) {
      return new Neighbor(id, similarity(index), 0, 1);
    }
  }

  private Map<Long, NeighborList> load(Set<Long> changed, Map<Long, Double> arrivals) {
    Map<Long, NeighborList> loaded = new HashMap<>();
    lists.forEach(
        (id, list) -> {
          if (changed.contains(id)
              || list.neighbors().stream().anyMatch(n -> changed.contains(n.documentId()))) {
            loaded.put(id, list);
          }
        });
    arrivals.forEach(
        (id, best) -> {
          NeighborList list = lists.getOrDefault(id, NeighborList.EMPTY);
          if (!list.isFull(maxNeighbors) || list.neighbors().getLast().similarity() <= best) {
            loaded.put(id, list);
          }
        });
    return loaded;
  }

  @Property(tries = 4000)
  void listsEndAsIfComputedFromScratch(@ForAll long seed) {
    features.clear();
    nodes.clear();
    lists.clear();
    log.clear();
    Random random = new Random(seed);
    maxNeighbors = 1 + random.nextInt(3);
    minSimilarity = List.of(0.0, 0.5, 0.8, 1.0).get(random.nextInt(4));
    List<Replica> replicas = List.of(new Replica(), new Replica());
    for (int step = 0; step < 30; step++) {
      Replica replica = replicas.get(random.nextInt(2));
      switch (random.nextInt(5)) {
        case 0, 1 ->
            features.put(
                (long) random.nextInt(DOCUMENTS), new Feature(++versions, random.nextInt(12)));
        case 2 -> features.remove((long) random.nextInt(DOCUMENTS));
        case 3 -> replica.refresh(some(random));
        default -> replica.commit(some(random));
      }
    }
    Set<Long> stale = new TreeSet<>();
    for (long id = 0; id < DOCUMENTS; id++) {
      Feature feature = features.get(id);
      Long node = nodes.get(id);
      if (feature == null ? node != null : node == null || node != feature.version()) {
        stale.add(id);
      }
    }
    Replica last = replicas.get(random.nextInt(2));
    last.commit(stale);
    assertEquals(oracle(), nonEmpty(lists));
    assertEquals(
        Map.of(),
        last.changes(new TreeSet<>(features.keySet())),
        "computing everything again changes nothing");
  }

  private static Set<Long> some(Random random) {
    Set<Long> ids = new TreeSet<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      ids.add((long) random.nextInt(DOCUMENTS));
    }
    return ids;
  }

  private Map<Long, NeighborList> oracle() {
    Map<Long, NeighborList> expected = new TreeMap<>();
    features.forEach(
        (id, feature) -> {
          List<Neighbor> neighbors = new ArrayList<>();
          features.forEach(
              (other, otherFeature) -> {
                double similarity = similarity(feature, otherFeature);
                if (!other.equals(id) && similarity >= minSimilarity) {
                  neighbors.add(new Neighbor(other, similarity, 0, 1));
                }
              });
          neighbors.sort(Neighbor.CLOSEST_FIRST);
          expected.put(
              id, new NeighborList(neighbors.subList(0, Math.min(maxNeighbors, neighbors.size()))));
        });
    return nonEmpty(expected);
  }

  private static Map<Long, NeighborList> nonEmpty(Map<Long, NeighborList> lists) {
    Map<Long, NeighborList> kept = new TreeMap<>(lists);
    kept.values().removeIf(list -> list.neighbors().isEmpty());
    return kept;
  }
}
