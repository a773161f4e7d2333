package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Effort;
import relata.graph.vector.VectorIndex;

class ListsTest {
  private static SketchIndex index(Kernels kernels) {
    return new SketchIndex(Optional.empty(), Runnable::run, SketchIndexTest.SMALL, kernels);
  }

  @Property(tries = 100)
  void whatIsInListsIsFoundAsWithoutThem(@ForAll long seed) {
    for (Kernels kernels : SketchIndexTest.KERNELS) {
      Random random = new Random(seed);
      SketchIndex index = index(kernels);
      NaiveVectors truth = new NaiveVectors();
      Clusters clusters = new Clusters(20 + random.nextInt(60), 6, random.nextLong());
      boolean listed = false;
      for (int round = 0; round < 8; round++) {
        change(random, index, truth, clusters);
        listed |= index.lists() > 1;
        assertSame(random, index, truth, clusters);
      }
      assertTrue(listed, "nothing was in lists");
    }
  }

  /** Grows in the first rounds and shrinks in the last, so that lists become hollow. */
  static void change(Random random, SketchIndex index, NaiveVectors truth, Clusters clusters) {
    Map<Long, DocumentVectors> put = new TreeMap<>();
    List<Long> removed = new ArrayList<>();
    int present = truth.documents().size();
    boolean grows = present == 0 || (present < 150 && random.nextInt(4) > 0);
    for (long id = 1; id <= 300; id++) {
      int chance = random.nextInt(10);
      if (grows && chance < 3) {
        put.put(id, clusters.document(id, 1 + random.nextInt(2)));
      } else if (chance < (grows ? 4 : 6) && truth.documents().containsKey(id)) {
        removed.add(id);
      }
    }
    index.apply(put.values(), removed);
    truth.documents().putAll(put);
    truth.documents().keySet().removeAll(removed);
  }

  static void assertSame(Random random, SketchIndex index, NaiveVectors truth, Clusters clusters) {
    float[] query = clusters.vector();
    List<VectorIndex.Hit> nearest = truth.nearest(query, 5, id -> true);
    assertEquals(nearest, index.nearest(query, 5));
    assertEquals(
        truth.nearest(query, 5, id -> id % 3 == 0),
        index.nearest(query, 5, (id, ordinal) -> id % 3 == 0));
    long before = 0;
    for (int probes = 1; probes <= 2 * index.lists(); probes *= 2) {
      List<VectorIndex.Hit> hits = index.nearest(query, 5, new Effort(probes, Effort.ALL));
      long found = hits.stream().filter(nearest::contains).count();
      assertTrue(found >= before, "found %d, and %d before".formatted(found, before));
      before = found;
    }
    assertEquals(nearest.size(), before);
    double threshold = List.of(0.2, 0.6, 0.9).get(random.nextInt(3));
    List<DocumentVectors> asked =
        truth.documents().values().stream().filter(some -> random.nextInt(10) == 0).toList();
    var matches = index.matches(asked, threshold, id -> true);
    for (int i = 0; i < asked.size(); i++) {
      assertEquals(
          truth.matches(asked.get(i), threshold, id -> true), NaiveVectors.asMap(matches.get(i)));
    }
  }

  @Test
  void aSearchOfSomeListsDoesNotClaimToBeCertain() {
    SketchIndex index = index(new PlainKernels());
    Clusters clusters = new Clusters(40, 4, 1);
    index.apply(
        LongStream.range(0, 500).mapToObj(id -> clusters.document(id, 1)).toList(), List.of());
    assertTrue(index.lists() > 8);
    List<float[]> query = List.of(clusters.vector());
    assertEquals(
        List.of(false, true),
        List.of(
            index.search(query, 3, Filter.NONE, new Effort(4, Effort.ALL)).getFirst().certain(),
            index.search(query, 3, Filter.NONE, Effort.CERTAIN).getFirst().certain()));
  }

  @Test
  void segmentsAreListedTogetherAsFarAsThereIsRoom(@TempDir Path folder) throws IOException {
    SketchIndex index = index(new PlainKernels());
    Clusters clusters = new Clusters(40, 4, 1);
    int rows = SketchIndexTest.SMALL.segmentRows();
    for (int segment = 0; segment < 5; segment++) {
      index.apply(
          LongStream.range((long) segment * rows, (segment + 1L) * rows)
              .mapToObj(id -> clusters.document(id, 1))
              .toList(),
          List.of());
    }
    try (VectorIndex.Frozen frozen = index.freeze().orElseThrow()) {
      frozen.save(folder);
    }
    Map<Lists, Long> segments =
        SegmentReader.read(folder, rows, new PlainKernels()).segments().stream()
            .collect(Collectors.groupingBy(Segment::lists, Collectors.counting()));
    assertEquals(List.of(2L, 3L), segments.values().stream().sorted().toList());
  }

  @Test
  void listsOfWhatIsGoneTakeNoMemory() {
    SketchIndex index = index(new PlainKernels());
    Clusters clusters = new Clusters(40, 4, 1);
    List<Long> ids = LongStream.range(0, 1_500).boxed().toList();
    index.apply(ids.stream().map(id -> clusters.document(id, 1)).toList(), List.of());
    long full = index.size().heapBytes();
    index.apply(List.of(), ids.stream().filter(id -> id % 16 != 0).toList());
    assertTrue(
        index.size().heapBytes() < full / 2, "%d of %d".formatted(index.size().heapBytes(), full));
    index.apply(List.of(), ids);
    assertEquals(List.of(0L, 1), List.of(index.size().heapBytes(), index.lists()));
  }
}
