package relata.graph.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.graph.engine.SketchIndex;
import relata.graph.vector.DocumentVectors;

class ClosestDocumentsTest {
  private final SketchIndex index = new SketchIndex(Optional.empty(), Runnable::run);

  private void put(long id, float... values) {
    int[] ordinals = new int[values.length / 2];
    for (int i = 0; i < ordinals.length; i++) {
      ordinals[i] = i;
    }
    index.apply(List.of(new DocumentVectors(id, 2, ordinals, values)), List.of());
  }

  @Test
  void theBestPairOfChunksDecidesAndTiesGoById() {
    put(1, 1, 0);
    put(5, 0, 1, 1, 0);
    put(4, 2, 0);
    put(3, 1, 1);
    put(2, -1, 0);
    assertEquals(Optional.of(List.of(4L, 5L, 3L)), ClosestDocuments.of(index, 1, 3));
    assertEquals(Optional.of(List.of(4L, 5L, 3L, 2L)), ClosestDocuments.of(index, 1, 10));
  }

  @Test
  void aDocumentWithoutVectorsHasNone() {
    put(1, 1, 0);
    assertEquals(Optional.empty(), ClosestDocuments.of(index, 2, 3));
    assertEquals(Optional.of(List.of()), ClosestDocuments.of(index, 1, 3));
  }
}
