package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import relata.graph.vector.ChunkPredicate;

/** What is searched among again and again is looked through once. */
class KnownFilterTest {
  private static final int DOCUMENTS = 1_000;

  private final Clusters clusters = new Clusters(48, 6, 5);
  private final NaiveVectors truth = new NaiveVectors();
  private final SketchIndex index =
      new SketchIndex(Optional.empty(), Runnable::run, SketchIndexTest.SMALL, Kernels.best());
  private final AtomicInteger tested = new AtomicInteger();
  private final ChunkPredicate even =
      (id, ordinal) -> {
        tested.incrementAndGet();
        return id % 2 == 0;
      };

  @Test
  void whatIsAskedAgainIsKnown() {
    for (long id = 1; id <= DOCUMENTS; id++) {
      put(id);
    }
    assertFound();
    int once = tested.getAndSet(0);
    assertTrue(once >= DOCUMENTS, once + " tested");
    assertFound();
    assertEquals(0, tested.get());
    put(DOCUMENTS + 2);
    assertFound();
    assertTrue(tested.get() <= SketchIndexTest.SMALL.segmentRows(), tested + " tested");
  }

  @Property(tries = 100)
  void whatIsKnownIsTrueAfterAnyChanges(@ForAll long seed) {
    Random random = new Random(seed);
    NaiveVectors documents = new NaiveVectors();
    SketchIndex changing =
        new SketchIndex(Optional.empty(), Runnable::run, SketchIndexTest.SMALL, Kernels.best());
    for (int change = 0; change < 30; change++) {
      SketchIndexTest.change(random, changing, documents);
      float[] query = SketchIndexTest.random(random, 0).vector(0);
      assertEquals(
          documents.nearest(query, 5, id -> id % 2 == 0), changing.nearest(query, 5, even));
    }
  }

  private void put(long id) {
    truth.documents().put(id, clusters.document(id, 1));
    index.apply(List.of(truth.documents().get(id)), List.of());
  }

  private void assertFound() {
    float[] query = clusters.vector();
    assertEquals(truth.nearest(query, 10, id -> id % 2 == 0), index.nearest(query, 10, even));
  }
}
