package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Matches;

class AllPairsTest {
  private static final int THREADS = 2;

  private static SketchIndex index(Kernels kernels) {
    return new SketchIndex(Optional.empty(), Runnable::run, SketchIndexTest.SMALL, kernels);
  }

  @Property(tries = 200)
  void everyPairIsFoundOnceAndBothSidesGetItAfterAnyChanges(@ForAll long seed) {
    for (Kernels kernels : SketchIndexTest.KERNELS) {
      Random random = new Random(seed);
      SketchIndex index = index(kernels);
      NaiveVectors truth = new NaiveVectors();
      for (int step = 0; step < 12; step++) {
        SketchIndexTest.change(random, index, truth);
      }
      assertSame(index, truth, List.of(-1.0, 0.0, 0.5, 0.9, 1.0).get(random.nextInt(5)));
    }
  }

  @Property(tries = 60)
  void pairsOfRowsInListsAndOutsideOfThemAreFound(@ForAll long seed) {
    for (Kernels kernels : SketchIndexTest.KERNELS) {
      Random random = new Random(seed);
      SketchIndex index = index(kernels);
      NaiveVectors truth = new NaiveVectors();
      Clusters clusters = new Clusters(20 + random.nextInt(60), 6, random.nextLong());
      for (int round = 0; round < 6; round++) {
        ListsTest.change(random, index, truth, clusters);
      }
      assertSame(index, truth, List.of(0.2, 0.6, 0.9).get(random.nextInt(3)));
    }
  }

  @Property(tries = 3)
  void blocksMeetAcrossTheirBorders(@ForAll long seed) {
    for (Kernels kernels : SketchIndexTest.KERNELS) {
      SketchIndex index = index(kernels);
      NaiveVectors truth = new NaiveVectors();
      Clusters clusters = new Clusters(40, 30, seed);
      for (long id = 0; id < 2 * Panel.QUERIES + 100; id++) {
        truth.documents().put(id, clusters.document(id, 1));
      }
      index.apply(truth.documents().values(), List.of());
      assertSame(index, truth, 0.8);
    }
  }

  private static void assertSame(SketchIndex index, NaiveVectors truth, double threshold) {
    Map<Long, Map<Long, NaiveVectors.Pair>> expected = new TreeMap<>();
    for (DocumentVectors document : truth.documents().values()) {
      Map<Long, NaiveVectors.Pair> pairs = truth.matches(document, threshold, id -> true);
      if (!pairs.isEmpty()) {
        expected.put(document.documentId(), pairs);
      }
    }
    Map<Long, Map<Long, NaiveVectors.Pair>> found = new TreeMap<>();
    for (Matches matches : index.allMatches(threshold, THREADS)) {
      found.put(matches.documentId(), NaiveVectors.asMap(matches));
    }
    assertEquals(expected, found);
  }
}
