package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import relata.graph.vector.ChunkPredicate;

/** Among the few rows of each tile that pass, but more than are wanted, the best are found. */
class RowScanTest {
  private static final int DOCUMENTS = 1_500;
  private static final int WANTED = 5;

  @Property(tries = 10, shrinking = ShrinkingMode.OFF)
  void fewRowsThatPassAreRankedAsTheyAre(@ForAll long seed) {
    for (Kernels kernels : SketchIndexTest.KERNELS) {
      SketchIndex index =
          new SketchIndex(Optional.empty(), Runnable::run, SketchIndexTest.SMALL, kernels);
      NaiveVectors truth = new NaiveVectors();
      Clusters clusters = new Clusters(24, 6, seed);
      for (long id = 1; id <= DOCUMENTS; id++) {
        truth.documents().put(id, clusters.document(id, 1));
      }
      index.apply(truth.documents().values(), List.of());
      List<Long> removed = truth.documents().keySet().stream().filter(id -> id % 7 == 3).toList();
      index.apply(List.of(), removed);
      truth.documents().keySet().removeAll(removed);

      for (int keeping : new int[] {50, 61, 97}) {
        // Not that of erased rows, which is 0: then no tile would have but a few.
        ChunkPredicate few = (id, ordinal) -> id % keeping == 1;
        List<float[]> queries = new ArrayList<>();
        while (queries.size() < 6) {
          queries.add(clusters.vector());
        }
        assertEquals(
            queries.stream()
                .map(query -> truth.nearest(query, WANTED, id -> id % keeping == 1))
                .toList(),
            index.nearest(queries, WANTED, few));
      }
    }
  }
}
