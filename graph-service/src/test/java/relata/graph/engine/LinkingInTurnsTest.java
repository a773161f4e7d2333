package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Matches;

/** Documents that are linked some at a time get each edge once, in the turn of the later one. */
class LinkingInTurnsTest {
  private static SketchIndex index(Kernels kernels) {
    return new SketchIndex(Optional.empty(), Runnable::run, SketchIndexTest.SMALL, kernels);
  }

  /** An edge from the document that asked. */
  private record Edge(long documentId, long otherId, NaiveVectors.Pair pair) {}

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void afterAnyChanges(@ForAll long seed) {
    for (Kernels kernels : SketchIndexTest.KERNELS) {
      Random random = new Random(seed);
      SketchIndex index = index(kernels);
      NaiveVectors truth = new NaiveVectors();
      for (int step = 0; step < 12; step++) {
        SketchIndexTest.change(random, index, truth);
      }
      assertSameEdges(
          random, index, truth, List.of(-1.0, 0.0, 0.5, 0.9, 1.0).get(random.nextInt(5)));
    }
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void inListsAndOutsideOfThem(@ForAll long seed) {
    for (Kernels kernels : SketchIndexTest.KERNELS) {
      Random random = new Random(seed);
      SketchIndex index = index(kernels);
      NaiveVectors truth = new NaiveVectors();
      Clusters clusters = new Clusters(20 + random.nextInt(60), 6, random.nextLong());
      for (int round = 0; round < 6; round++) {
        ListsTest.change(random, index, truth, clusters);
      }
      assertSameEdges(random, index, truth, List.of(0.2, 0.6, 0.9).get(random.nextInt(3)));
    }
  }

  /** In the order of the rows, so that nobody wants any row of most tiles. */
  @Property(tries = 3, shrinking = ShrinkingMode.OFF)
  void whereMostTilesAreStillToCome(@ForAll long seed) {
    for (Kernels kernels : SketchIndexTest.KERNELS) {
      SketchIndex index = index(kernels);
      NaiveVectors truth = new NaiveVectors();
      Clusters clusters = new Clusters(40, 30, seed);
      for (long id = 0; id < 1_000; id++) {
        truth.documents().put(id, clusters.document(id, 1));
      }
      index.apply(truth.documents().values(), List.of());
      assertTrue(assertSameEdges(new Random(seed), index, truth, 0.8) > 0);
    }
  }

  /** Gives how many edges there are. */
  private static int assertSameEdges(
      Random random, SketchIndex index, NaiveVectors truth, double threshold) {
    Set<Edge> expected = new HashSet<>();
    Set<Edge> found = new HashSet<>();
    List<DocumentVectors> documents = List.copyOf(truth.documents().values());
    int from = 0;
    while (from < documents.size()) {
      int to = Math.min(from + 1 + random.nextInt(100), documents.size());
      Set<Long> linked = new HashSet<>();
      documents.subList(0, to).forEach(document -> linked.add(document.documentId()));
      List<DocumentVectors> turn = new ArrayList<>(documents.subList(from, to));
      for (DocumentVectors document : turn) {
        truth
            .matches(document, threshold, linked::contains)
            .forEach((id, pair) -> expected.add(new Edge(document.documentId(), id, pair)));
      }
      for (Matches matches : index.matches(turn, threshold, linked::contains)) {
        NaiveVectors.asMap(matches)
            .forEach((id, pair) -> found.add(new Edge(matches.documentId(), id, pair)));
      }
      from = to;
    }
    assertEquals(expected, found);
    return found.size();
  }
}
